package io.tocsin;

import io.micrometer.core.instrument.MeterRegistry;
import io.tocsin.bus.LogFamily;
import io.tocsin.lane.LaneSettings;
import io.tocsin.lane.record.Preamble;
import io.tocsin.lane.record.Recorder;
import io.tocsin.lane.record.RecordingSettings;
import io.tocsin.model.Text;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Begins to record where config wants it. */
final class Recordings {
    private static final Logger LOG = LoggerFactory.getLogger(Recordings.class);

    private Recordings() {}

    /** A plain one says it in words; the message of others is but the file. */
    private static String reason(IOException fault) {
        String what =
                fault.getClass() == IOException.class ? "" : fault.getClass().getSimpleName() + ": ";
        return what + fault.getMessage();
    }

    /** The recorder for the lanes; null if nothing is to be recorded. */
    static Recorder begin(LaneSettings lane, Instant now, MeterRegistry registry) throws StartException {
        RecordingSettings settings = lane.telemetry().record();
        if (!settings.enabled()) {
            return null;
        }
        Preamble preamble = new Preamble(
                now,
                1,
                lane.book().hash(),
                lane.telemetry().defaultTtl(),
                lane.staleAfter(),
                lane.telemetry().maxSeries(),
                lane.receivers(),
                lane.topologies());
        try {
            Recorder recorder = Recorder.start(settings, preamble, registry);
            LOG.info(
                    LogFamily.SUCCESS,
                    "★ recording what arrives to {}",
                    Text.clean(recorder.file().toString()));
            return recorder;
        } catch (IOException fault) {
            throw new StartException(
                    List.of("telemetry.record_dir: nothing can be recorded in "
                            + Text.clean(settings.folder().toString()) + ": " + Text.clean(reason(fault))),
                    fault);
        }
    }
}
