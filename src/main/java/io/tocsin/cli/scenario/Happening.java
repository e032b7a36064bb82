package io.tocsin.cli.scenario;

import io.tocsin.model.Text;
import java.time.Duration;

/**
 * Something that happened in a case.
 *
 * @param at after the beginning of the case
 * @param what one word: telemetry, a change of an alert such as fired, notified, ack, resolve, restart, expect or failed
 * @param text one line, safe on a terminal
 * @param line the line of the scenario file that made it happen; 0 if the engine did
 */
public record Happening(Duration at, String what, String text, int line) {
    @Override
    public String toString() {
        return String.format("%9s  %-12s %s", Text.duration(at), what, text).stripTrailing();
    }
}
