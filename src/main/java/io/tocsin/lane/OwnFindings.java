package io.tocsin.lane;

import io.tocsin.evaluate.RuleFault;
import io.tocsin.model.Finding;
import io.tocsin.model.RuleRef;
import io.tocsin.model.Standing;
import io.tocsin.model.Text;
import java.util.List;

/** What the appliance itself finds wrong with its rules. */
final class OwnFindings {
    private OwnFindings() {}

    static Standing quarantined(RuleRef rule, String reason) {
        Finding finding = Finding.ofCluster("rule_quarantined", "-")
                .subject(rule.name())
                .critical("rule \"" + rule.name() + "\" (" + rule.place() + ") failed and is out of force: "
                        + Text.clean(Text.cut(reason, 300)))
                .context("rule", rule.name())
                .context("place", rule.place());
        return new Standing(finding, rule, List.of(), 0);
    }

    static RuleFault restless(String rule) {
        return RuleFault.restless(rule, "keeps changing its mind and never comes to rest");
    }
}
