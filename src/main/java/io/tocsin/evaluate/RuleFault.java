package io.tocsin.evaluate;

/** A rule failed while the session fired; the session must not be fired again, see {@link RuleSession#quarantine}. */
public final class RuleFault extends Exception {
    private static final long serialVersionUID = 1;

    private final String rule;

    RuleFault(String rule, String message, Throwable cause) {
        super(message, cause);
        this.rule = rule;
    }

    /** A rule whose conclusions never come to rest. */
    public static RuleFault restless(String rule, String message) {
        return new RuleFault(rule, message, null);
    }

    /** A rule that did not return. */
    public static RuleFault stuck(String rule, String message) {
        return new RuleFault(rule, message, null);
    }

    /** The rule that failed; null when the engine did not name it. */
    public String rule() {
        return rule;
    }
}
