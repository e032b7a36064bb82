package io.tocsin.cli.replay;

import io.tocsin.cli.Terminal;
import java.util.Locale;

/** How far a replay is, on a terminal's stderr; nothing where nobody watches. */
final class ProgressBar {
    private static final String ERASE = "\r\u001b[K";
    private static final long EVERY_NANOS = 100_000_000;
    private static final int WIDTH = 32;

    private final Terminal terminal;
    private final boolean shown;
    private long began;
    private long last;

    ProgressBar(Terminal terminal, boolean quiet) {
        this.terminal = terminal;
        this.shown = terminal.errIsTerminal() && !quiet;
    }

    void say(String what) {
        if (shown) {
            terminal.err().print(ERASE + what);
            terminal.err().flush();
        }
    }

    /** Shows it, at most ten times a second. */
    void at(double part, long readings) {
        long now = System.nanoTime();
        if (!shown || now - last < EVERY_NANOS) {
            return;
        }
        last = now;
        began = began == 0 ? now : began;
        double seconds = (now - began) / 1e9;
        int full = (int) Math.round(Math.min(1, part) * WIDTH);
        say(String.format(
                Locale.ROOT,
                "replaying %s%s %3.0f %%  %,d readings%s",
                "━".repeat(full),
                "╌".repeat(WIDTH - full),
                part * 100,
                readings,
                seconds < 0.5 ? "" : String.format(Locale.ROOT, ", %,.0f a second", readings / seconds)));
    }

    void clear() {
        say("");
    }
}
