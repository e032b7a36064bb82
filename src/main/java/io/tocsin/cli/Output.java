package io.tocsin.cli;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options with which every command lets its output be shaped. */
final class Output {
    /** The forms of output. */
    enum Format {
        TABLE,
        JSON;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** When colours are used. */
    enum Colour {
        AUTO,
        ALWAYS,
        NEVER;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Reads a format. */
    static final class Formats implements ITypeConverter<Format> {
        @Override
        public Format convert(String word) {
            return oneOf(word, Format.values());
        }
    }

    /** Reads when colours are used. */
    static final class Colours implements ITypeConverter<Colour> {
        @Override
        public Colour convert(String word) {
            return oneOf(word, Colour.values());
        }
    }

    @Option(
            names = {"-o", "--output"},
            paramLabel = "table|json",
            defaultValue = "table",
            converter = Formats.class,
            description = "Form of what goes to stdout: table for people, json for programs. Default: table.")
    private Format format;

    @Option(
            names = {"-q", "--quiet"},
            description = "Bare ids, or nothing where there is none to print; errors are still told.")
    private boolean quiet;

    @Option(
            names = "--color",
            paramLabel = "auto|always|never",
            defaultValue = "auto",
            converter = Colours.class,
            description = "Colours; auto means on a terminal unless NO_COLOR is set. Default: auto.")
    private Colour colour;

    boolean json() {
        return format == Format.JSON;
    }

    boolean quiet() {
        return quiet;
    }

    Paint paint(Terminal terminal) {
        return new Paint(colours(colour, terminal));
    }

    Parts.Look look(Terminal terminal) {
        return new Parts.Look(colours(colour, terminal), json(), quiet);
    }

    /** Whether help may be coloured, which is printed before options are known to be right. */
    static Ansi ansi(String[] args, Terminal terminal) {
        Colour colour = Colour.AUTO;
        for (int i = 0; i < args.length; i++) {
            String value = args[i].startsWith("--color=")
                    ? args[i].substring("--color=".length())
                    : args[i].equals("--color") && i + 1 < args.length ? args[i + 1] : "";
            for (Colour each : Colour.values()) {
                colour = each.toString().equals(value) ? each : colour;
            }
        }
        return colours(colour, terminal) ? Ansi.ON : Ansi.OFF;
    }

    private static <T> T oneOf(String word, T[] allowed) {
        for (T each : allowed) {
            if (each.toString().equals(word)) {
                return each;
            }
        }
        throw new TypeConversionException("\"" + word + "\"; allowed: "
                + Arrays.stream(allowed).map(Object::toString).collect(Collectors.joining(", ")));
    }

    private static boolean colours(Colour colour, Terminal terminal) {
        boolean wanted = terminal.env("NO_COLOR", "").isEmpty()
                && !terminal.env("TERM", "").equals("dumb");
        return colour == Colour.ALWAYS || (colour == Colour.AUTO && terminal.outIsTerminal() && wanted);
    }
}
