package io.tocsin.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/** Rows in aligned columns. */
final class Table {
    private static final String GAP = "  ";
    private static final int LEAST = 10;

    private final List<String> head;
    private final List<List<String>> rows = new ArrayList<>();

    Table(String... head) {
        this.head = List.of(head);
    }

    void row(String... cells) {
        rows.add(List.of(cells));
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    /**
     * The lines, head first.
     *
     * @param width columns there are, of which the last column of the table gets what is left; 0 for no limit
     * @param paint colours the head
     * @param cell given a column's number and the padded cell, the cell as it is shown
     */
    List<String> lines(int width, Paint paint, BiFunction<Integer, String, String> cell) {
        int last = head.size() - 1;
        int[] widths = new int[head.size()];
        for (int i = 0; i < last; i++) {
            widths[i] = Columns.of(head.get(i));
            for (List<String> row : rows) {
                widths[i] = Math.max(widths[i], Columns.of(row.get(i)));
            }
        }
        int used = 0;
        for (int each : widths) {
            used += each + GAP.length();
        }
        int left = width == 0 ? Integer.MAX_VALUE : Math.max(LEAST, width - used + GAP.length());
        List<String> lines = new ArrayList<>();
        lines.add(line(head, widths, left, (i, text) -> paint.bold(text)));
        for (List<String> row : rows) {
            lines.add(line(row, widths, left, cell));
        }
        return lines;
    }

    private static String line(List<String> cells, int[] widths, int left, BiFunction<Integer, String, String> cell) {
        StringBuilder line = new StringBuilder();
        int last = cells.size() - 1;
        for (int i = 0; i < last; i++) {
            line.append(cell.apply(i, Columns.pad(cells.get(i), widths[i]))).append(GAP);
        }
        return line.append(cell.apply(last, Columns.cut(cells.get(last), left)))
                .toString()
                .stripTrailing();
    }
}
