package io.tocsin.lane.record;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Texts that come again and again, written once a file: names of clusters, nodes, operations, fields. */
final class Words {
    private static final int NOTHING = 0;
    private static final int NEW = 1;
    private static final int ONCE = 2;
    private static final int FIRST = 3;
    private static final int MOST = 1 << 20;

    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<String> words = new ArrayList<>();

    void write(Sink sink, String word) {
        if (word == null) {
            sink.one(NOTHING);
            return;
        }
        Integer number = numbers.get(word);
        if (number != null) {
            sink.number(number);
        } else if (numbers.size() < MOST) {
            numbers.put(word, numbers.size() + FIRST);
            sink.one(NEW);
            sink.text(word);
        } else {
            sink.one(ONCE);
            sink.text(word);
        }
    }

    String read(Source source) {
        long number = source.number();
        if (number == NOTHING) {
            return null;
        }
        if (number == NEW) {
            String word = source.text();
            words.add(word);
            return word;
        }
        if (number == ONCE) {
            return source.text();
        }
        if (number - FIRST >= words.size()) {
            throw new IllegalStateException("a word is used before it is written");
        }
        return words.get((int) number - FIRST);
    }
}
