package io.tocsin.lane;

import io.tocsin.evaluate.RuleFault;
import io.tocsin.model.Alert;
import io.tocsin.model.AlertKey;
import io.tocsin.model.Finding;
import io.tocsin.model.RuleRef;
import io.tocsin.model.Standing;
import io.tocsin.model.Text;
import java.util.List;

/** What the appliance itself finds wrong with its rules. */
final class OwnFindings {
    /** A rule failed and is out of force; its subject is the rule. */
    static final String QUARANTINED = "rule_quarantined";

    /** The rules in the folder cannot be taken, so older ones are in force. */
    static final String REJECTED = "rules_rejected";

    private OwnFindings() {}

    static Standing quarantined(RuleRef rule, String reason) {
        Finding finding = Finding.ofCluster(QUARANTINED, "-")
                .subject(rule.name())
                .critical("rule \"" + rule.name() + "\" (" + rule.place() + ") failed and is out of force: "
                        + Text.clean(Text.cut(reason, 300)))
                .context("rule", rule.name())
                .context("place", rule.place());
        return new Standing(finding, rule, List.of(), 0);
    }

    /** Whether an alert is about the appliance's rules, found by no rule. */
    static boolean own(Alert alert) {
        return alert.alertType().equals(QUARANTINED) || alert.alertType().equals(REJECTED);
    }

    static AlertKey rejectedKey(String cluster) {
        return new AlertKey(cluster, REJECTED, "rules");
    }

    static Standing rejected(RuleRef place, String problem) {
        Finding finding = Finding.ofCluster(REJECTED, "-")
                .subject("rules")
                .warning(Text.clean(Text.cut(problem, 600)))
                .context("place", place.place());
        return new Standing(finding, place, List.of(), 0);
    }

    static RuleFault restless(String rule) {
        return RuleFault.restless(rule, "keeps changing its mind and never comes to rest");
    }
}
