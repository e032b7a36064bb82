package io.tocsin.notify.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.LayoutBase;
import io.tocsin.model.Text;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * Log lines for machines: one JSON object a line with {@code time}, {@code level}, {@code logger}, {@code message},
 * {@code family} of a marked line, the fields that the event carries and {@code error} with what was thrown.
 */
public final class JsonLayout extends LayoutBase<ILoggingEvent> {
    @Override
    public String doLayout(ILoggingEvent event) {
        JsonObject line = new JsonObject()
                .put("time", Instant.ofEpochMilli(event.getTimeStamp()).toString())
                .put("level", event.getLevel().toString().toLowerCase(Locale.ROOT))
                .put("logger", Text.clean(event.getLoggerName()));
        LineParts.family(event)
                .ifPresent(family -> line.put("family", family.getName().toLowerCase(Locale.ROOT)));
        line.put("message", String.join("\n", LineParts.lines(event)));
        if (event.getKeyValuePairs() != null) {
            event.getKeyValuePairs().forEach(pair -> {
                String name = Text.clean(pair.key);
                line.put(line.containsKey(name) ? "field_" + name : name, plain(pair.value));
            });
        }
        List<String> thrown = LineParts.thrown(event);
        if (!thrown.isEmpty()) {
            line.put("error", String.join("\n", thrown));
        }
        return line.encode() + "\n";
    }

    private static Object plain(Object value) {
        if (value instanceof Boolean || value instanceof Integer || value instanceof Long) {
            return value;
        }
        if (value instanceof Double number && !number.isNaN() && !number.isInfinite()) {
            return value;
        }
        return value == null ? null : Text.clean(value.toString());
    }
}
