package io.tocsin.cli.bench;

import io.tocsin.cli.Terminal;

/** One line on a terminal's stderr that says what is being done; nothing where nobody watches. */
public final class Progress {
    private static final String ERASE = "\r\u001b[K";

    private final Terminal terminal;

    /** On this terminal. */
    public Progress(Terminal terminal) {
        this.terminal = terminal;
    }

    /** Says what is being done, in place of what it said before. */
    public void show(String text) {
        if (terminal.errIsTerminal()) {
            terminal.err().print(ERASE + text);
            terminal.err().flush();
        }
    }

    /** Says nothing any more. */
    public void clear() {
        show("");
    }
}
