package io.tocsin.api.access;

import io.tocsin.model.Secret;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Section {@code accounts}.
 *
 * @param users the file with people and the hashes of their passwords; null for none
 * @param tokens the file with the hashes of programs' tokens; null for none
 * @param sessionKey what signs the cookies of sessions, the same in all members; null: one that this member makes for itself
 * @param keyFile where a key of its own is kept
 * @param session how long somebody who logged in stays so, default 12 h
 */
public record AccountsSettings(Path users, Path tokens, Secret sessionKey, Path keyFile, Duration session) {
    /** How long somebody who logged in stays so. */
    public static final Duration SESSION = Duration.ofHours(12);

    /** The fewest characters of a key that signs. */
    public static final int SHORTEST_KEY = 32;

    /** There are none: whoever reaches the API may do everything. */
    public static final AccountsSettings NONE = new AccountsSettings(null, null, null, null, SESSION);

    /** Whether requests must say who sends them. */
    public boolean required() {
        return users != null || tokens != null;
    }
}
