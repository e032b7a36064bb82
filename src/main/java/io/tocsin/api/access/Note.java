package io.tocsin.api.access;

/**
 * One action, before it is written down.
 *
 * @param actor who; null if nobody said so
 * @param verified whether that is known, and not only said
 * @param action one word for what was done
 * @param target what it was done to; null for nothing in particular
 * @param outcome how it went
 * @param detail what else there is to say; null for nothing
 * @param client where it came from; null for this process
 * @param request the request's id; null if it was none
 */
public record Note(
        String actor,
        boolean verified,
        String action,
        String target,
        Outcome outcome,
        String detail,
        String client,
        String request) {

    /** How an action went. */
    public enum Outcome {
        /** It was done. */
        OK,
        /** It was not allowed, or not possible. */
        REFUSED,
        /** It was begun, and how it ended is not known. */
        FAILED;

        /** As it is written. */
        public String wire() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** Something that this process did or noticed by itself. */
    static Note own(String actor, String action, String target, String detail) {
        return new Note(actor, false, action, target, Outcome.OK, detail, null, null);
    }
}
