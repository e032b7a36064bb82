package io.tocsin.evaluate;

/**
 * Which nodes a row is about: {@code *} stands for any run of characters, {@code ?} for one, all else for itself.
 *
 * @param text as it is written
 */
record NodePattern(String text) {
    /** Whether it names one node. */
    boolean exact() {
        return text.indexOf('*') < 0 && text.indexOf('?') < 0;
    }

    /** Whether every node fits that fits another pattern; false also where that is not plain to see. */
    boolean covers(NodePattern other) {
        return text.equals("*") || text.equals(other.text) || other.exact() && fits(other.text);
    }

    boolean fits(String node) {
        if (node == null) {
            return false;
        }
        int at = 0;
        int here = 0;
        int star = -1;
        int retry = 0;
        while (here < node.length()) {
            char wanted = at < text.length() ? text.charAt(at) : 0;
            if (wanted == '*') {
                star = at++;
                retry = here;
            } else if (at < text.length() && (wanted == '?' || wanted == node.charAt(here))) {
                at++;
                here++;
            } else if (star >= 0) {
                at = star + 1;
                here = ++retry;
            } else {
                return false;
            }
        }
        while (at < text.length() && text.charAt(at) == '*') {
            at++;
        }
        return at == text.length();
    }

    /** The same as a regular expression for {@code matches}, fit to stand in a text of a rule. */
    String regex() {
        StringBuilder regex = new StringBuilder();
        for (char c : text.toCharArray()) {
            if (c == '*') {
                regex.append(".*");
            } else if (c == '?') {
                regex.append('.');
            } else if (Character.isLetterOrDigit(c) || "_-:/".indexOf(c) >= 0) {
                regex.append(c);
            } else {
                regex.append('[').append(c).append(']');
            }
        }
        return regex.toString();
    }
}
