package io.tocsin.model;

import java.time.Instant;
import java.util.List;

/**
 * An alert with all that is stored of it.
 *
 * @param alert the document
 * @param tracking what the lifecycle remembers
 * @param because the reasons as of its latest change, at most 8; an open alert's readings come back from here at a start
 */
public record Life(Alert alert, Tracking tracking, List<Because> because) {
    public Life {
        because = List.copyOf(because);
    }

    /**
     * Whether somebody resolved it while its finding stood, and it was never clear since: what still holds is not told again.
     */
    public boolean mutes() {
        return alert.resolution() != null && alert.resolution().by() != null && tracking.clearSince() == null;
    }

    /** What is stored beside another revision of the alert. */
    public Life with(Alert other) {
        return new Life(other, tracking, because);
    }

    /** The same, clear from an instant on. */
    public Life clear(Instant since) {
        Tracking cleared =
                new Tracking(tracking.life(), tracking.holds(), since, tracking.heard(), tracking.escalatedTo());
        return new Life(alert, cleared, because);
    }
}
