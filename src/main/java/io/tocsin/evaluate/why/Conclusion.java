package io.tocsin.evaluate.why;

import java.lang.reflect.Proxy;
import org.drools.model.Consequence;
import org.drools.model.Drools;
import org.drools.model.Variable;

/** What a right side says, found by running it where nothing comes of it. */
final class Conclusion {
    private Conclusion() {}

    /** The fact it would insert; null if a variable is missing or it throws. */
    static Object of(Consequence consequence, Bound bound) {
        Variable<?>[] variables = consequence.getVariables();
        Object[] values = bound.all(variables);
        if (values == null) {
            return null;
        }
        Object[] said = new Object[1];
        Drools session = (Drools) Proxy.newProxyInstance(
                Conclusion.class.getClassLoader(), new Class<?>[] {Drools.class}, (self, method, arguments) -> {
                    if (method.getName().equals("logicalInsert")) {
                        said[0] = arguments[0];
                    }
                    return null;
                });
        Object[] arguments = values;
        if (consequence.isUsingDrools()) {
            arguments = new Object[values.length + 1];
            arguments[0] = session;
            System.arraycopy(values, 0, arguments, 1, values.length);
        }
        try {
            consequence.getBlock().execute(arguments);
            return said[0];
        } catch (Exception unfinished) {
            return null;
        }
    }
}
