package io.tocsin.api.access;

import io.tocsin.model.Text;
import java.util.regex.Pattern;

/** How users and tokens may be called. */
final class AccountNames {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.@+-]{0,63}");

    private AccountNames() {}

    /**
     * The name, if it is one.
     *
     * @throws IllegalArgumentException naming what was found and what is allowed
     */
    static String checked(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(quoted(name)
                    + " is no name; allowed: 1 to 64 letters, digits, _, -, ., + and @, a letter or digit first");
        }
        return name;
    }

    static String quoted(String found) {
        return '"' + Text.clean(Text.cut(found, 40)) + '"';
    }
}
