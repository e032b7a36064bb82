package io.tocsin.notify.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import io.tocsin.bus.LogBlock;
import io.tocsin.bus.LogFamily;
import io.tocsin.model.Text;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.slf4j.Marker;
import org.slf4j.helpers.MessageFormatter;

/** What both layouts take from an event, made safe: its family, its lines, what was thrown. */
final class LineParts {
    private static final int MOST_CHARS = 8_000;
    private static final int MOST_FRAMES = 12;
    private static final int MOST_CAUSES = 4;
    private static final List<Marker> FAMILIES =
            List.of(LogFamily.SUCCESS, LogFamily.FAILURE, LogFamily.ACTION, LogFamily.HEALTH);

    private LineParts() {}

    /** The family that marks the event; empty for unmarked ones, which are mostly other people's. */
    static Optional<Marker> family(ILoggingEvent event) {
        List<Marker> markers = event.getMarkerList();
        return markers == null
                ? Optional.empty()
                : FAMILIES.stream().filter(markers::contains).findFirst();
    }

    /**
     * The message. In a marked one a line break of the text itself is ours and begins a new line, one in an argument is
     * not; an unmarked message is always one line.
     */
    static List<String> lines(ILoggingEvent event) {
        boolean marked = family(event).isPresent();
        String text = String.valueOf(message(event));
        if (text.length() > MOST_CHARS) {
            text = Text.cut(text, MOST_CHARS);
        }
        return marked ? Arrays.stream(text.split("\n", -1)).map(Text::clean).toList() : List.of(Text.clean(text));
    }

    private static String message(ILoggingEvent event) {
        Object[] arguments = event.getArgumentArray();
        if (arguments == null || arguments.length == 0) {
            return event.getMessage();
        }
        Object[] safe = Arrays.stream(arguments)
                .map(argument -> argument == null || argument instanceof LogBlock
                        ? argument
                        : Text.clean(MessageFormatter.arrayFormat("{}", new Object[] {argument})
                                .getMessage()))
                .toArray();
        return MessageFormatter.arrayFormat(event.getMessage(), safe).getMessage();
    }

    /** What was thrown, its causes and the first frames of each, one line each; empty if nothing was. */
    static List<String> thrown(ILoggingEvent event) {
        List<String> lines = new ArrayList<>();
        IThrowableProxy thrown = event.getThrowableProxy();
        for (int depth = 0; thrown != null && depth < MOST_CAUSES; depth++, thrown = thrown.getCause()) {
            String message = thrown.getMessage() == null ? "" : ": " + Text.cut(thrown.getMessage(), 1000);
            lines.add(Text.clean((depth == 0 ? "" : "caused by ") + thrown.getClassName() + message));
            StackTraceElementProxy[] frames = thrown.getStackTraceElementProxyArray();
            for (int i = 0; frames != null && i < frames.length - thrown.getCommonFrames() && i < MOST_FRAMES; i++) {
                lines.add("  " + Text.clean(frames[i].getSTEAsString()));
            }
        }
        return lines;
    }
}
