package io.tocsin.cli;

import io.tocsin.model.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Problems as people read them: {@code file:line:column: what; hint}, which editors and terminals know too, and on a
 * terminal the line itself with a mark under what is meant.
 */
final class FoundText {
    private static final int WIDEST = 160;
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}_$]+|\"[^\"]*\"|\\S");

    private final Paint paint;
    private final boolean marks;
    private final Map<String, List<String>> files = new HashMap<>();

    FoundText(Paint paint, boolean marks) {
        this.paint = paint;
        this.marks = marks;
    }

    List<String> lines(Parts.Found found) {
        String hint = found.hint().isEmpty() ? "" : "; " + found.hint();
        String text = Text.clean(found.what());
        String place = Text.clean(found.file()) + (found.line() > 0 ? ":" + found.line() + ":" + found.column() : "");
        List<String> lines = new ArrayList<>();
        lines.add(paint.bold(place) + ": " + (found.warning() ? paint.amber("warning: " + text) : paint.red(text))
                + Text.clean(hint));
        if (marks && found.line() > 0) {
            source(found, lines);
        }
        return lines;
    }

    private void source(Parts.Found found, List<String> lines) {
        List<String> file = files.computeIfAbsent(found.file(), FoundText::read);
        if (found.line() > file.size() || file.get(found.line() - 1).isBlank()) {
            return;
        }
        String line = file.get(found.line() - 1);
        int at = line.offsetByCodePoints(0, Math.min(found.column() - 1, line.codePointCount(0, line.length())));
        if (Columns.of(line) > WIDEST) {
            return;
        }
        Matcher word = WORD.matcher(line);
        int end = word.find(Math.min(at, line.length())) && word.start() == at ? word.end() : at + 1;
        String number = String.format("%5d", found.line());
        String mark = "^".repeat(Math.max(1, Columns.of(shown(line.substring(at, Math.min(end, line.length()))))));
        lines.add(paint.faint(number + " │ ") + shown(line));
        lines.add(paint.faint("      │ ")
                + " ".repeat(Columns.of(shown(line.substring(0, at))))
                + (found.warning() ? paint.amber(mark) : paint.red(mark)));
    }

    private static String shown(String line) {
        return Text.clean(line.replace("\t", "    "));
    }

    private static List<String> read(String file) {
        try {
            Path path = Path.of(file);
            if (!Files.isRegularFile(path) || Files.size(path) > 1 << 20) {
                return List.of();
            }
            String text = Files.readString(path);
            return text.startsWith("\ufeff")
                    ? text.substring(1).lines().toList()
                    : text.lines().toList();
        } catch (IOException notReadable) {
            return List.of();
        }
    }
}
