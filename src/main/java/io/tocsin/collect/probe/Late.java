package io.tocsin.collect.probe;

import io.tocsin.model.Text;
import io.vertx.core.http.HttpClosedException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/** Tells why a connection did not come about, in words that do not change from run to run. */
final class Late {
    private Late() {}

    /** Whether time ran out, whichever layer noticed it first. */
    static boolean isLate(Throwable cause) {
        return cause instanceof TimeoutException
                || cause.getClass().getSimpleName().contains("Timeout");
    }

    static String late(Duration timeout) {
        return "no answer within " + Text.duration(timeout);
    }

    static String words(Throwable cause) {
        if (cause instanceof UnknownHostException) {
            return "the name does not resolve";
        }
        if (cause instanceof HttpClosedException) {
            return "the connection was closed before an answer";
        }
        String message = String.valueOf(cause.getMessage());
        if (cause instanceof ConnectException && message.contains("refused")) {
            return "the connection was refused";
        }
        return cause.getClass().getSimpleName() + ": " + Text.cut(message, 200);
    }
}
