package io.tocsin.lane;

import io.tocsin.bus.Failure;
import io.tocsin.model.Alert;

/**
 * What became of a command.
 *
 * @param alert the alert after it; null if it was refused
 * @param code why it was refused, one of {@link Failure}; 0 if it was not
 * @param reason why, in words; null if it was not
 */
public record CommandResult(Alert alert, int code, String reason) {
    static CommandResult done(Alert alert) {
        return new CommandResult(alert, 0, null);
    }

    static CommandResult refused(String reason) {
        return new CommandResult(null, Failure.CONFLICT, reason);
    }

    static CommandResult unknown(String alertId) {
        return new CommandResult(null, Failure.NOT_FOUND, "there is no open alert " + alertId);
    }
}
