package io.tocsin.evaluate.why;

import io.tocsin.evaluate.why.Expression.NotUnderstood;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a constraint from its text and works out what stands on both sides of its comparison. */
final class Reader {
    private static final Pattern TOKEN = Pattern.compile("\\s*(?:(?<number>\\d+(?:\\.\\d+)?(?:[eE]-?\\d+)?)[lLdDfF]?"
            + "|\"(?<text>(?:[^\"\\\\]|\\\\.)*)\"|(?<name>[A-Za-z_$][\\w$]*)|(?<sign>==|!=|<=|>=|&&|\\|\\||\\S))");
    private static final List<String> COMPARISONS =
            List.of("==", "!=", "<", "<=", ">", ">=", "contains", "memberOf", "matches", "in");
    private static final int MOST_VALUES = 8;

    private final Object fact;
    private final Bound bound;
    private final List<String> tokens = new ArrayList<>();
    private final List<Character> kinds = new ArrayList<>();
    private final Map<String, Object> values = new LinkedHashMap<>();
    private int at;

    Object left;
    Object right;
    String operator;

    /** Reads; what cannot be understood leaves {@code operator} null. */
    Reader(String constraint, Object fact, Bound bound) {
        this.fact = fact;
        this.bound = bound;
        Matcher token = TOKEN.matcher(constraint);
        while (token.lookingAt()) {
            add(token);
            token.region(token.end(), constraint.length());
        }
        try {
            read();
        } catch (NotUnderstood | ArithmeticException other) {
            operator = null;
        }
        names();
    }

    private void add(Matcher token) {
        for (String kind : List.of("number", "text", "name", "sign")) {
            if (token.group(kind) != null) {
                tokens.add(token.group(kind));
                kinds.add(kind.charAt(0));
            }
        }
    }

    private void read() {
        left = sum();
        if (at == tokens.size()) {
            return;
        }
        String sign = next();
        if (!COMPARISONS.contains(sign)) {
            throw new NotUnderstood(sign);
        }
        right = sum();
        if (at < tokens.size()) {
            throw new NotUnderstood(tokens.get(at));
        }
        operator = sign;
    }

    private String next() {
        if (at == tokens.size()) {
            throw new NotUnderstood("nothing");
        }
        return tokens.get(at++);
    }

    private boolean is(String sign) {
        return at < tokens.size() && kinds.get(at) == 's' && tokens.get(at).equals(sign);
    }

    private boolean take(String sign) {
        boolean found = is(sign);
        at += found ? 1 : 0;
        return found;
    }

    private void expect(String sign) {
        if (!take(sign)) {
            throw new NotUnderstood(sign);
        }
    }

    private Object sum() {
        Object value = product();
        while (is("+") || is("-")) {
            char sign = next().charAt(0);
            value = Expression.arithmetic(sign, value, product());
        }
        return value;
    }

    private Object product() {
        Object value = unary();
        while (is("*") || is("/") || is("%")) {
            char sign = next().charAt(0);
            value = Expression.arithmetic(sign, value, unary());
        }
        return value;
    }

    private Object unary() {
        if (take("-")) {
            return Expression.arithmetic('-', 0L, unary());
        }
        if (take("!")) {
            if (!(unary() instanceof Boolean truth)) {
                throw new NotUnderstood("!");
            }
            return !truth;
        }
        return members(primary());
    }

    private Object members(Object of) {
        Object value = of;
        while (is(".") || is("[")) {
            if (take(".")) {
                String name = next();
                value = is("(") ? Expression.call(value, name, arguments()) : Expression.field(value, name);
            } else {
                expect("[");
                Object key = sum();
                expect("]");
                value = value instanceof Map<?, ?> map ? map.get(key) : null;
            }
        }
        return value;
    }

    private Object primary() {
        if (take("(")) {
            Object value = sum();
            expect(")");
            return value;
        }
        char kind = at < tokens.size() ? kinds.get(at) : 's';
        String token = next();
        return switch (kind) {
            case 'n' -> Character.isDigit(token.charAt(0)) ? number(token) : named(token);
            case 't' -> token.replace("\\\"", "\"").replace("\\\\", "\\");
            default -> throw new NotUnderstood(token);
        };
    }

    private static Object number(String token) {
        if (token.matches("\\d{1,18}")) {
            return Long.valueOf(token);
        }
        return Double.valueOf(token);
    }

    private Object named(String name) {
        switch (name) {
            case "true":
            case "false":
                return Boolean.valueOf(name);
            case "null":
                return null;
            case "this":
                return fact;
            default:
                break;
        }
        if (is("(")) {
            return Expression.helper(name, arguments());
        }
        if (bound.values().containsKey(name)) {
            return bound.values().get(name);
        }
        if (fact != null && Expression.isField(fact.getClass(), name)) {
            return Expression.field(fact, name);
        }
        try {
            return Class.forName("io.tocsin.model." + name);
        } catch (ClassNotFoundException | NoClassDefFoundError other) {
            throw new NotUnderstood(name);
        }
    }

    private Object[] arguments() {
        List<Object> arguments = new ArrayList<>();
        expect("(");
        while (!take(")")) {
            arguments.add(sum());
            if (!is(")")) {
                expect(",");
            }
        }
        return arguments.toArray();
    }

    /** Fields and variables that stand in the constraint, not behind a point. */
    private void names() {
        for (int i = 0; i < tokens.size() && values.size() < MOST_VALUES; i++) {
            String name = tokens.get(i);
            boolean member = i > 0 && tokens.get(i - 1).equals(".");
            boolean call = i + 1 < tokens.size() && tokens.get(i + 1).equals("(");
            if (kinds.get(i) != 'n' || member || call || Character.isDigit(name.charAt(0))) {
                continue;
            }
            if (bound.values().containsKey(name)) {
                values.put(name, bound.values().get(name));
            } else if (fact != null && Expression.isField(fact.getClass(), name)) {
                values.put(name, Expression.field(fact, name));
            }
        }
    }

    Map<String, Object> values() {
        return values;
    }
}
