package io.tocsin.alert;

import io.tocsin.model.Because;
import io.tocsin.model.Cause;
import io.tocsin.model.Escalation;
import io.tocsin.model.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Something that may change an alert. */
public sealed interface Signal {
    /**
     * What rules say about the key at rest. Also sent when nothing new was concluded but time has passed.
     *
     * @param standing the findings of the key
     * @param lost reasons under the alert that no rule gives any more although nothing was heard against them; where this is
     *     empty, fresh readings or the rules themselves speak against whatever does not stand
     * @param cause what made the round run
     * @param fresh whether a reading under the findings is fresh: TRUE, FALSE, or null if no reading is under them
     * @param noNews whether nothing was heard of what is under the alert for {@code rules.stale_after}
     * @param blind holds that ran out before this instant wait for fresh evidence, as nobody was looking; null for none
     */
    record Findings(
            List<Standing> standing, List<Because> lost, Cause cause, Boolean fresh, boolean noNews, Instant blind)
            implements Signal {
        public Findings {
            standing = List.copyOf(standing);
            lost = List.copyOf(lost);
        }
    }

    /**
     * Somebody answers.
     *
     * @param by who
     * @param message what they say; empty if nothing
     * @param lasts after how long the ladder resumes; null for never
     * @param auto whether a rule or an integration answers
     */
    record Acknowledge(String by, String message, Duration lasts, boolean auto) implements Signal {}

    /** The time an answer was good for is over. */
    record AckExpired() implements Signal {}

    /**
     * Nobody answered in time.
     *
     * @param orders the standing orders for the next level that are due
     */
    record Escalate(List<Escalation> orders) implements Signal {
        public Escalate {
            orders = List.copyOf(orders);
        }
    }

    /**
     * Somebody says it is over.
     *
     * @param by who
     * @param support a fresh reading that says otherwise, in words; null if there is none
     */
    record Resolve(String by, String support) implements Signal {}
}
