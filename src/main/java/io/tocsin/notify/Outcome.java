package io.tocsin.notify;

import java.time.Duration;
import java.util.Optional;

/** What came of one attempt to deliver a notification. Texts carry no secret. */
public sealed interface Outcome {
    /** The text for the history. */
    String text();

    /**
     * The receiver took it.
     *
     * @param detail what it answered
     */
    record Delivered(String detail) implements Outcome {
        @Override
        public String text() {
            return detail;
        }
    }

    /**
     * It may work later, or may have worked without our hearing of it.
     *
     * @param reason why
     * @param after how long the receiver wants to be left alone, by us and for everything; empty if it did not say
     */
    record Retry(String reason, Optional<Duration> after) implements Outcome {
        /** Later, when we like. */
        public static Retry of(String reason) {
            return new Retry(reason, Optional.empty());
        }

        @Override
        public String text() {
            return reason;
        }
    }

    /**
     * It will never work.
     *
     * @param reason why
     */
    record GiveUp(String reason) implements Outcome {
        @Override
        public String text() {
            return reason;
        }
    }

    /**
     * Nothing was sent: another member may tell the receiver by now. No attempt, and no verdict on the receiver.
     *
     * @param reason why
     */
    record Unsent(String reason) implements Outcome {
        @Override
        public String text() {
            return reason;
        }
    }

    /**
     * There is nothing to tell this receiver.
     *
     * @param reason why
     */
    record Skip(String reason) implements Outcome {
        @Override
        public String text() {
            return reason;
        }
    }
}
