package io.tocsin.evaluate.why;

import java.lang.reflect.Constructor;
import java.lang.reflect.Proxy;
import org.drools.core.rule.consequence.KnowledgeHelper;
import org.drools.model.Consequence;
import org.drools.model.Variable;
import org.drools.modelcompiler.consequence.DroolsImpl;

/** What a right side says, found by running it where nothing comes of it. */
final class Conclusion {
    private static final Constructor<?> SESSION = DroolsImpl.class.getDeclaredConstructors()[0];

    static {
        // right sides are compiled against this very class, and it has no public constructor
        SESSION.setAccessible(true);
    }

    private Conclusion() {}

    /** The fact it would insert; null if a variable is missing or it throws. */
    static Object of(Consequence consequence, Bound bound) {
        Object[] values = bound.all((Variable<?>[]) consequence.getVariables());
        if (values == null) {
            return null;
        }
        Object[] said = new Object[1];
        try {
            consequence.getBlock().execute(arguments(consequence, values, said));
            return said[0];
        } catch (Exception unfinished) {
            return null;
        }
    }

    private static Object[] arguments(Consequence consequence, Object[] values, Object[] said)
            throws ReflectiveOperationException {
        if (!consequence.isUsingDrools()) {
            return values;
        }
        Object[] arguments = new Object[values.length + 1];
        arguments[0] = SESSION.newInstance(deaf(said), null, null);
        System.arraycopy(values, 0, arguments, 1, values.length);
        return arguments;
    }

    /** What a session hears, kept and not acted on. */
    private static Object deaf(Object[] said) {
        return Proxy.newProxyInstance(
                Conclusion.class.getClassLoader(), new Class<?>[] {KnowledgeHelper.class}, (self, method, heard) -> {
                    if (method.getName().equals("insertLogical")) {
                        said[0] = heard[0];
                    }
                    return null;
                });
    }
}
