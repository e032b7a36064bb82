package io.tocsin.cli;

import com.fasterxml.jackson.databind.JsonNode;

/** Prints the alert that a command changed. */
record Done(Terminal terminal, Output output) {
    void print(JsonNode alert, String what, String how) {
        String id = Json.text(alert, "id");
        if (output.json()) {
            terminal.out().println(Json.pretty(alert));
        } else if (output.quiet()) {
            terminal.out().println(id);
        } else {
            terminal.out()
                    .println(output.paint(terminal).green(what) + " " + id + "  " + Json.text(alert, "alert_type")
                            + "  " + AlertTable.subject(alert) + "  " + how);
        }
    }
}
