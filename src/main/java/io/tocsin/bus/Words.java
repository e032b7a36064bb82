package io.tocsin.bus;

import io.tocsin.model.Wire;
import java.util.LinkedHashMap;
import java.util.Map;

/** The spellings of a closed choice. */
final class Words<E extends Wire> {
    private final Map<String, E> words;
    private final String allowed;

    private Words(Map<String, E> words) {
        this.words = words;
        this.allowed = "one of " + String.join(", ", words.keySet());
    }

    @SafeVarargs
    static <E extends Wire> Words<E> of(E... constants) {
        Map<String, E> words = new LinkedHashMap<>();
        for (E constant : constants) {
            words.put(constant.wire(), constant);
        }
        return new Words<>(words);
    }

    /** The constant; null if the word is none. */
    E find(String word) {
        return words.get(word);
    }

    /** {@code one of pass, fail, timeout}. */
    String allowed() {
        return allowed;
    }
}
