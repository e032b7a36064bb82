package io.tocsin.cli.replay;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;

/** Reads comma-separated values as RFC 4180 has them: quotes around a value, doubled within, line breaks between them. */
final class CsvRows {
    private static final int LONGEST = 1 << 20;

    private final Reader in;
    private int line = 1;
    private int begins = 1;
    private int peeked = -2;

    CsvRows(Reader in) {
        this.in = in;
    }

    /** The line on which the last row began, from 1. */
    int line() {
        return begins;
    }

    /**
     * The values of the next row that is not empty; null at the end.
     *
     * @throws IllegalArgumentException if a quote is not closed or a row is too long
     */
    List<String> next() throws IOException {
        List<String> row;
        do {
            begins = line;
            row = row();
        } while (row != null && row.size() == 1 && row.get(0).isEmpty());
        return row;
    }

    private List<String> row() throws IOException {
        int c = read();
        if (c < 0) {
            return null;
        }
        List<String> values = new ArrayList<>();
        StringBuilder value = new StringBuilder();
        boolean quoted = false;
        int length = 0;
        for (; ; c = read()) {
            if (++length > LONGEST) {
                throw new IllegalArgumentException("a row is longer than " + LONGEST + " characters");
            }
            if (quoted) {
                if (c < 0) {
                    throw new IllegalArgumentException("a quote is opened and never closed");
                }
                if (c == '"' && peek() == '"') {
                    value.append((char) read());
                } else if (c == '"') {
                    quoted = false;
                } else {
                    value.append((char) c);
                }
            } else if (c == '"' && value.toString().isBlank()) {
                quoted = true;
                value.setLength(0);
            } else if (c == ',') {
                values.add(value.toString().strip());
                value.setLength(0);
            } else if (c == '\n' || c < 0) {
                values.add(value.toString().strip());
                return values;
            } else {
                value.append((char) c);
            }
        }
    }

    private int peek() throws IOException {
        if (peeked == -2) {
            peeked = in.read();
        }
        return peeked;
    }

    private int read() throws IOException {
        int c = peek();
        peeked = -2;
        if (c == '\n') {
            line++;
        }
        return c;
    }
}
