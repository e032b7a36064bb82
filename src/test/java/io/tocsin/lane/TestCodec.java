package io.tocsin.lane;

import io.tocsin.bus.LifeJson;
import io.tocsin.model.Alert;
import io.tocsin.model.Because;
import io.tocsin.model.Notification;
import io.tocsin.model.Telemetry;
import io.tocsin.model.Tracking;
import io.tocsin.store.Codec;
import java.util.List;

/** The JSON that the appliance stores. */
final class TestCodec implements Codec {
    private final LifeJson json = new LifeJson();

    @Override
    public String alert(Alert alert) {
        return json.alert(alert);
    }

    @Override
    public Alert alert(String text) {
        return json.alert(text);
    }

    @Override
    public String tracking(Tracking tracking) {
        return json.tracking(tracking);
    }

    @Override
    public Tracking tracking(String text) {
        return json.tracking(text);
    }

    @Override
    public String because(List<Because> because) {
        return json.because(because);
    }

    @Override
    public List<Because> because(String text) {
        return json.because(text);
    }

    @Override
    public String attempts(List<Notification.Attempt> attempts) {
        return json.attempts(attempts);
    }

    @Override
    public List<Notification.Attempt> attempts(String text) {
        return json.attempts(text);
    }

    @Override
    public String telemetry(Telemetry telemetry) {
        return json.telemetry(telemetry);
    }

    @Override
    public Telemetry telemetry(String text) {
        return json.telemetry(text);
    }
}
