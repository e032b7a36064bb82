package io.tocsin.notify.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.LayoutBase;
import io.tocsin.bus.LogFamily;
import io.tocsin.model.Text;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Marker;

/**
 * Log lines for people: the time, then the message. A marked line wears the colour of its family, its title (up to
 * the first {@code ": "} or two spaces) on a background; an unmarked one says its level and its logger. Further
 * lines of a block are indented below the first, so nothing can pass for a line of its own.
 */
public final class ColourLayout extends LayoutBase<ILoggingEvent> {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT);
    private static final String INDENT = " ".repeat("HH:mm:ss.SSS ".length());
    private static final int LONGEST_TITLE = 48;
    private static final String RESET = "\u001b[0m";
    private static final String DIM = "\u001b[2m";

    /** What a family looks like: the title's colours and those of the rest. */
    private record Paint(String title, String rest) {}

    private static final Map<Marker, Paint> PAINTS = Map.of(
            LogFamily.SUCCESS, new Paint("\u001b[48;5;28;38;5;231m", "\u001b[32m"),
            LogFamily.FAILURE, new Paint("\u001b[48;5;160;38;5;231m", "\u001b[91m"),
            LogFamily.ACTION, new Paint("\u001b[48;5;214;38;5;16m", "\u001b[33m"),
            LogFamily.HEALTH, new Paint("\u001b[48;5;37;38;5;16m", "\u001b[36m"));

    private final ZoneId zone;
    private Boolean colour;

    /** For the log's configuration: this machine's time zone; colour as {@link ColourMode} has it. */
    public ColourLayout() {
        this(null, ZoneId.systemDefault());
    }

    ColourLayout(Boolean colour, ZoneId zone) {
        this.colour = colour;
        this.zone = zone;
    }

    @Override
    public void start() {
        if (colour == null) {
            colour = ColourMode.now();
        }
        super.start();
    }

    @Override
    public String doLayout(ILoggingEvent event) {
        Optional<Marker> family = LineParts.family(event);
        List<String> lines = LineParts.lines(event);
        StringBuilder out = new StringBuilder(160);
        out.append(dim(TIME.format(Instant.ofEpochMilli(event.getTimeStamp()).atZone(zone))))
                .append(' ');
        Paint paint = Boolean.TRUE.equals(colour) ? family.map(PAINTS::get).orElse(null) : null;
        if (family.isEmpty()) {
            out.append(source(event));
        }
        titled(out, lines.get(0), paint);
        for (String line : lines.subList(1, lines.size())) {
            out.append('\n').append(INDENT);
            painted(out, line, paint);
        }
        for (String line : LineParts.thrown(event)) {
            out.append('\n').append(INDENT).append(dim(line));
        }
        return out.append('\n').toString();
    }

    private static void titled(StringBuilder out, String line, Paint paint) {
        if (paint == null) {
            out.append(line);
            return;
        }
        int end = titleEnd(line);
        out.append(paint.title()).append(' ').append(line, 0, end).append(' ').append(RESET);
        if (end < line.length()) {
            painted(out, line.substring(end), paint);
        }
    }

    private static void painted(StringBuilder out, String text, Paint paint) {
        if (paint == null) {
            out.append(text);
        } else {
            out.append(paint.rest()).append(text).append(RESET);
        }
    }

    /** Where the title ends: at a colon or after the run of spaces that fills its column; else after the symbol. */
    private static int titleEnd(String line) {
        int colon = line.indexOf(": ");
        int gap = line.indexOf("  ");
        if (colon >= 0 && colon <= LONGEST_TITLE && (gap < 0 || colon < gap)) {
            return colon + 1;
        }
        if (gap >= 0 && gap <= LONGEST_TITLE) {
            int end = gap;
            while (end < line.length() && line.charAt(end) == ' ') {
                end++;
            }
            return end - 2;
        }
        return line.length() <= LONGEST_TITLE ? line.length() : Math.max(0, line.indexOf(' '));
    }

    private static String source(ILoggingEvent event) {
        String logger = event.getLoggerName();
        String shortName = logger.substring(logger.lastIndexOf('.') + 1);
        return String.format(Locale.ROOT, "%-5s %s: ", event.getLevel(), Text.clean(shortName));
    }

    private String dim(String text) {
        return Boolean.TRUE.equals(colour) ? DIM + text + RESET : text;
    }
}
