package io.tocsin.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.time.Instant;
import java.util.List;

/** Prints accounts. */
record AccountList(Terminal terminal, Output output) {
    int print(List<AccountFiles.Account> accounts, boolean mayEnd) {
        if (output.json()) {
            ArrayNode all = Json.object().putArray("accounts");
            accounts.forEach(one -> {
                var node = Json.object().put("name", one.name()).put("role", one.role());
                all.add(mayEnd ? node.put("expires_at", text(one.expires())) : node);
            });
            terminal.out().println(Json.pretty(all));
        } else if (output.quiet()) {
            accounts.forEach(one -> terminal.out().println(one.name()));
        } else if (!accounts.isEmpty()) {
            Table table = mayEnd ? new Table("NAME", "ROLE", "EXPIRES") : new Table("NAME", "ROLE");
            Instant now = terminal.clock().instant();
            accounts.forEach(one -> {
                if (mayEnd) {
                    boolean over = one.expires() != null && !now.isBefore(one.expires());
                    table.row(
                            one.name(),
                            one.role(),
                            one.expires() == null ? "never" : one.expires() + (over ? " (over)" : ""));
                } else {
                    table.row(one.name(), one.role());
                }
            });
            table.lines(terminal.width(), output.paint(terminal), (column, cell) -> cell)
                    .forEach(terminal.out()::println);
        }
        return accounts.isEmpty() ? Exit.NO : 0;
    }

    private static String text(Instant instant) {
        return instant == null ? null : instant.toString();
    }
}
