package io.tocsin.evaluate;

/**
 * What is wrong with a rule file, for whoever edits it.
 *
 * @param file the file, below the rules folder
 * @param line from 1
 * @param column from 1
 * @param what what was found
 * @param hint what to do about it; empty if there is nothing to say
 * @param warning whether the rules work all the same
 */
public record Problem(String file, int line, int column, String what, String hint, boolean warning)
        implements Comparable<Problem> {
    static Problem error(String file, int line, int column, String what, String hint) {
        return new Problem(file, Math.max(line, 1), Math.max(column, 1), what, hint, false);
    }

    /** {@code file:line:column}. */
    public String place() {
        return file + ":" + line + ":" + column;
    }

    /** {@code what; hint}. */
    public String text() {
        return (warning ? "warning: " : "") + what + (hint.isEmpty() ? "" : "; " + hint);
    }

    static Problem warning(String file, int line, int column, String what, String hint) {
        return error(file, line, column, what, hint).asWarning();
    }

    /** The same, worth a look only. */
    Problem asWarning() {
        return new Problem(file, line, column, what, hint, true);
    }

    /** {@code file:line:column: what; hint}. */
    @Override
    public String toString() {
        return place() + ": " + text();
    }

    @Override
    public int compareTo(Problem other) {
        int byFile = file.compareTo(other.file);
        return byFile != 0 ? byFile : line != other.line ? line - other.line : column - other.column;
    }
}
