package io.tocsin.cli.bench;

import io.tocsin.cli.Terminal;

/** One line on a terminal's stderr that says what is being done; nothing where nobody watches. */
final class Progress {
    private static final String ERASE = "\r\u001b[K";

    private final Terminal terminal;

    Progress(Terminal terminal) {
        this.terminal = terminal;
    }

    void show(String text) {
        if (terminal.errIsTerminal()) {
            terminal.err().print(ERASE + text);
            terminal.err().flush();
        }
    }

    void clear() {
        show("");
    }
}
