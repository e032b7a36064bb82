package io.tocsin.api.access;

/**
 * A person who may log in: a line {@code NAME ROLE HASH} of the file of users.
 *
 * @param hash bcrypt's, such as {@code $2a$12$…}; no password can be had from it
 */
record User(String name, Role role, String hash) implements Account {
    User {
        AccountNames.checked(name);
    }

    static User of(String[] words) {
        if (words.length != 3) {
            throw new IllegalArgumentException("has " + words.length + " words; expected NAME ROLE HASH");
        }
        if (!Passwords.isHash(words[2])) {
            throw new IllegalArgumentException(
                    "the third word is no bcrypt hash such as $2a$12$…; write the line with ./tocsin user add");
        }
        return new User(words[0], Role.of(words[1]), words[2]);
    }

    @Override
    public String line() {
        return name + " " + role.wire() + " " + hash;
    }

    @Override
    public String toString() {
        return "user " + name + " (" + role.wire() + ")";
    }
}
