package io.tocsin.evaluate;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.drools.model.Rule;

/**
 * Which rules the classes belong to that the engine made of their text: constraints, bindings, functions, right sides.
 * Rules that say the same share a class.
 */
final class RuleClasses {
    /** Every rule file is of this package, and so is what is made of it. */
    private static final String MADE = "rules.";

    private static final String ENGINE = "org.drools.core.";
    private static final String MODEL = "org.drools.model.";

    private final Map<String, Set<String>> rules = new HashMap<>();

    /** Of compiled rules, by name. */
    RuleClasses(Map<String, Rule> compiled) {
        compiled.forEach((name, rule) -> walk(rule, name, Collections.newSetFromMap(new IdentityHashMap<>())));
    }

    /** The rules whose code a stack is in, by its innermost such frame; empty if it is in none. */
    Set<String> on(StackTraceElement[] stack) {
        for (StackTraceElement frame : stack) {
            Set<String> found = rules.get(frame.getClassName());
            if (found != null) {
                return Set.copyOf(found);
            }
        }
        return Set.of();
    }

    /** Whether that frame is there because the engine evaluates or fires one rule, and not because a fact went in. */
    static boolean ofOneRule(StackTraceElement[] stack) {
        for (StackTraceElement frame : stack) {
            String name = frame.getClassName();
            if (name.startsWith(ENGINE) && (name.endsWith(".RuleNetworkEvaluator") || name.endsWith(".RuleExecutor"))) {
                return true;
            }
            if (name.startsWith(ENGINE) && (name.endsWith(".AlphaNode") || name.endsWith(".ObjectTypeNode"))) {
                return false;
            }
        }
        return false;
    }

    private void walk(Object one, String rule, Set<Object> seen) {
        if (one == null || !seen.add(one)) {
            return;
        }
        Class<?> type = one.getClass();
        if (type.getName().startsWith(MADE)) {
            rules.computeIfAbsent(type.getName(), any -> new TreeSet<>()).add(rule);
        } else if (one instanceof Object[] many) {
            for (Object each : many) {
                walk(each, rule, seen);
            }
        } else if (one instanceof Collection<?> many) {
            many.forEach(each -> walk(each, rule, seen));
        } else if (one instanceof Map<?, ?> many) {
            many.values().forEach(each -> walk(each, rule, seen));
        } else if (type.getName().startsWith(MODEL)) {
            fields(one, rule, seen);
        }
    }

    private void fields(Object one, String rule, Set<Object> seen) {
        for (Class<?> type = one.getClass(); type != Object.class; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
                    try {
                        field.setAccessible(true);
                        walk(field.get(one), rule, seen);
                    } catch (IllegalAccessException impossible) {
                        throw new IllegalStateException(impossible);
                    }
                }
            }
        }
    }
}
