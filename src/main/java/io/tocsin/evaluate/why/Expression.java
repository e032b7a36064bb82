package io.tocsin.evaluate.why;

import io.tocsin.model.Rules;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Collection;
import java.util.Map;

/** Works out the value of an expression of a rule, so far as rules have such: figures, names, calls. */
final class Expression {
    private Expression() {}

    /** What is not understood; then no value is shown. */
    static final class NotUnderstood extends RuntimeException {
        private static final long serialVersionUID = 1;

        NotUnderstood(String what) {
            super(what, null, false, false);
        }
    }

    static Object arithmetic(char operator, Object left, Object right) {
        if (operator == '+' && (left instanceof String || right instanceof String)) {
            return String.valueOf(left) + right;
        }
        if (!(left instanceof Number a) || !(right instanceof Number b)) {
            throw new NotUnderstood(left + " " + operator + " " + right);
        }
        if (whole(a) && whole(b)) {
            long x = a.longValue();
            long y = b.longValue();
            return switch (operator) {
                case '+' -> x + y;
                case '-' -> x - y;
                case '*' -> x * y;
                case '/' -> x / y;
                default -> x % y;
            };
        }
        double x = a.doubleValue();
        double y = b.doubleValue();
        return switch (operator) {
            case '+' -> x + y;
            case '-' -> x - y;
            case '*' -> x * y;
            case '/' -> x / y;
            default -> x % y;
        };
    }

    private static boolean whole(Number number) {
        return number instanceof Integer || number instanceof Long;
    }

    /** The value of a field of a record, or what a method without arguments gives. */
    static Object field(Object target, String name) {
        if (target == null) {
            throw new NotUnderstood(name + " of nothing");
        }
        if (target instanceof Class<?> type && type.isEnum()) {
            for (Object constant : type.getEnumConstants()) {
                if (((Enum<?>) constant).name().equals(name)) {
                    return constant;
                }
            }
        }
        return call(target, name, new Object[0]);
    }

    /** Calls what rules may call: methods of facts, texts and collections. */
    static Object call(Object target, String name, Object[] arguments) {
        boolean ours = target != null && target.getClass().getName().startsWith("io.tocsin.model.");
        if (!ours && !(target instanceof String) && !(target instanceof Collection) && !(target instanceof Map)) {
            throw new NotUnderstood(name);
        }
        Class<?> type =
                target instanceof Collection ? Collection.class : target instanceof Map ? Map.class : target.getClass();
        return invoke(type, target, name, arguments);
    }

    /** Calls a helper of rules. */
    static Object helper(String name, Object[] arguments) {
        return invoke(Rules.class, null, name, arguments);
    }

    static boolean isField(Class<?> type, String name) {
        try {
            return type.getMethod(name).getReturnType() != void.class;
        } catch (NoSuchMethodException none) {
            return false;
        }
    }

    private static Object invoke(Class<?> type, Object target, String name, Object[] arguments) {
        for (Method method : type.getMethods()) {
            if (method.getName().equals(name)) {
                Object[] fitted = fit(method, arguments);
                if (fitted != null) {
                    try {
                        return method.invoke(target, fitted);
                    } catch (IllegalAccessException | InvocationTargetException | IllegalArgumentException thrown) {
                        throw new NotUnderstood(name);
                    }
                }
            }
        }
        throw new NotUnderstood(name);
    }

    private static Object[] fit(Method method, Object[] arguments) {
        Class<?>[] types = method.getParameterTypes();
        int fixed = method.isVarArgs() ? types.length - 1 : types.length;
        if (arguments.length < fixed || !method.isVarArgs() && arguments.length > fixed) {
            return null;
        }
        Object[] fitted = new Object[types.length];
        for (int i = 0; i < fixed; i++) {
            fitted[i] = figure(types[i], arguments[i]);
            if (!types[i].isPrimitive() && fitted[i] != null && !types[i].isInstance(fitted[i])) {
                return null;
            }
        }
        if (method.isVarArgs()) {
            Class<?> item = types[fixed].getComponentType();
            Object rest = Array.newInstance(item, arguments.length - fixed);
            for (int i = fixed; i < arguments.length; i++) {
                if (arguments[i] != null && !item.isInstance(arguments[i])) {
                    return null;
                }
                Array.set(rest, i - fixed, arguments[i]);
            }
            fitted[fixed] = rest;
        }
        return fitted;
    }

    private static Object figure(Class<?> type, Object argument) {
        if (argument instanceof Number number) {
            if (type == double.class) {
                return number.doubleValue();
            }
            if (type == long.class) {
                return number.longValue();
            }
            if (type == int.class) {
                return number.intValue();
            }
        }
        return argument;
    }
}
