package io.tocsin.bus;

import io.tocsin.model.Text;
import java.util.ArrayList;
import java.util.List;

/**
 * A log message of several lines: a title and aligned fields, for what becomes active or terminates.
 * {@code LogBlock.of("★ session active").with("Cluster", "main").with("Lane", 0).toString()} gives
 *
 * <pre>
 * ★ session active
 * Cluster: main
 * Lane:    0
 * </pre>
 *
 * Values are made safe here, so a line break in the text is always one of ours.
 */
public final class LogBlock {
    private record Field(String name, String value) {}

    private final String title;
    private final List<Field> fields = new ArrayList<>();

    private LogBlock(String title) {
        this.title = Text.clean(title);
    }

    /** A block with this title, which begins with its symbol. */
    public static LogBlock of(String title) {
        return new LogBlock(title);
    }

    /** One more field; one whose value is null is left out. */
    public LogBlock with(String name, Object value) {
        if (value != null) {
            fields.add(new Field(Text.clean(name), Text.clean(value.toString())));
        }
        return this;
    }

    /** The title and one line a field, values in one column. */
    @Override
    public String toString() {
        int width = fields.stream().mapToInt(f -> f.name().length()).max().orElse(0);
        StringBuilder text = new StringBuilder(title);
        for (Field field : fields) {
            text.append('\n').append(field.name()).append(':');
            text.append(" ".repeat(width - field.name().length() + 1)).append(field.value());
        }
        return text.toString();
    }
}
