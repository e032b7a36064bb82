package io.tocsin.lane.record;

/** A file that cannot be read as a recording; the message names the file, the place, what was found and what is allowed. */
public final class RecordingFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** With what is wrong. */
    public RecordingFault(String message) {
        super(message, null, false, false);
    }
}
