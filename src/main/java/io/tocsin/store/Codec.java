package io.tocsin.store;

import io.tocsin.model.Alert;
import io.tocsin.model.Because;
import io.tocsin.model.Notification;
import io.tocsin.model.Telemetry;
import io.tocsin.model.Tracking;
import java.util.List;

/**
 * Turns what is stored whole into text and back; given to the store by whoever knows JSON. Called on the store's threads,
 * several at a time; what it throws fails only what could not be written or read.
 */
public interface Codec {
    String alert(Alert alert);

    Alert alert(String text);

    String tracking(Tracking tracking);

    Tracking tracking(String text);

    String because(List<Because> because);

    List<Because> because(String text);

    String attempts(List<Notification.Attempt> attempts);

    List<Notification.Attempt> attempts(String text);

    String telemetry(Telemetry telemetry);

    Telemetry telemetry(String text);
}
