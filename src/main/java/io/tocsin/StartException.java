package io.tocsin;

import java.util.List;

/** The appliance cannot start; one line for each reason, for people. */
public final class StartException extends Exception {
    private static final long serialVersionUID = 1;

    private final transient List<String> reasons;

    StartException(List<String> reasons, Throwable cause) {
        super(String.join("\n", reasons), cause);
        this.reasons = List.copyOf(reasons);
    }

    /** Why not; never empty. */
    public List<String> reasons() {
        return reasons;
    }
}
