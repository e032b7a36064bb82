package io.tocsin.evaluate.why;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.drools.model.AccumulatePattern;
import org.drools.model.Condition;
import org.drools.model.Pattern;

/** The types of facts that a rule looks at. */
final class Types {
    private final Set<Class<?>> types = new LinkedHashSet<>();

    Types(RuleModel rule) {
        rule.parts().forEach(part -> add(part.condition()));
    }

    private void add(Condition condition) {
        if (condition instanceof AccumulatePattern<?> accumulate) {
            add(accumulate.getCondition());
        } else if (condition instanceof Pattern<?> pattern) {
            types.add(pattern.getPatternVariable().getType());
        } else {
            condition.getSubConditions().forEach(this::add);
        }
    }

    List<Class<?>> all() {
        return List.copyOf(types);
    }
}
