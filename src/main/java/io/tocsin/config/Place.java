package io.tocsin.config;

/**
 * Where a value was written, as it stands before a problem.
 *
 * @param source which kind of place
 * @param text {@code config/tocsin.yaml:12:5}, {@code --set http.port} or {@code TOCSIN__HTTP__PORT}
 * @param line the line in the file, from 1; 0 outside files
 * @param column the column in the file, from 1; 0 outside files
 */
public record Place(Source source, String text, int line, int column) {
    /** The kinds of places, the strongest last. */
    public enum Source {
        /** Nobody wrote it. */
        DEFAULT,
        /** The YAML file. */
        FILE,
        /** An environment variable. */
        ENVIRONMENT,
        /** The command line. */
        COMMAND_LINE
    }

    /** What is meant when nobody wrote a value. */
    static final Place NOWHERE = new Place(Source.DEFAULT, "default", 0, 0);

    static Place file(String file, int line, int column) {
        return new Place(Source.FILE, file + ":" + line + ":" + column, line, column);
    }

    static Place set(String key) {
        return new Place(Source.COMMAND_LINE, "--set " + key, 0, 0);
    }

    static Place variable(String name) {
        return new Place(Source.ENVIRONMENT, name, 0, 0);
    }

    /** Whether it is outside the file, where one text stands for a list. */
    boolean inline() {
        return source == Source.ENVIRONMENT || source == Source.COMMAND_LINE;
    }
}
