package io.tocsin.api.access;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Who may ask at one moment.
 *
 * @param users people, by name
 * @param tokens programs, by name
 */
record Accounts(Map<String, User> users, Map<String, Token> tokens) {
    static final Accounts NONE = new Accounts(Map.of(), Map.of());

    Accounts {
        users = Map.copyOf(users);
        tokens = Map.copyOf(tokens);
    }

    boolean isEmpty() {
        return users.isEmpty() && tokens.isEmpty();
    }

    /** What is different in others, a sentence each, in order. */
    List<Change> changes(Accounts next) {
        List<Change> changes = new ArrayList<>();
        changes("user", users, next.users, changes);
        changes("token", tokens, next.tokens, changes);
        return changes.stream().sorted().toList();
    }

    private static <A extends Account> void changes(
            String kind, Map<String, A> before, Map<String, A> after, List<Change> changes) {
        before.forEach((name, account) -> {
            A now = after.get(name);
            if (now == null) {
                changes.add(new Change(kind + " " + name, "removed"));
            } else if (account.role() != now.role()) {
                changes.add(new Change(
                        kind + " " + name,
                        "role " + account.role().wire() + " → " + now.role().wire()));
            } else if (!account.equals(now)) {
                changes.add(new Change(kind + " " + name, kind.equals("user") ? "new password" : "replaced"));
            }
        });
        after.forEach((name, account) -> {
            if (!before.containsKey(name)) {
                changes.add(new Change(
                        kind + " " + name, "added, role " + account.role().wire()));
            }
        });
    }

    /**
     * What became of one account.
     *
     * @param who such as {@code user ann}
     * @param what such as {@code removed}
     */
    record Change(String who, String what) implements Comparable<Change> {
        @Override
        public int compareTo(Change other) {
            return who.compareTo(other.who);
        }
    }
}
