package io.tocsin.lane;

import io.tocsin.evaluate.RuleBook;
import io.tocsin.model.Head;
import io.tocsin.model.Metric;
import io.tocsin.model.Topology;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

/** A stand for each test, over rules that are compiled once for all of a class. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class OnAStand {
    private static RuleBook shipped;

    Stand stand;
    RuleBook book;

    /** The rules to watch by. */
    abstract RuleBook rules() throws Exception;

    /** Those that come with Tocsin, compiled once for all classes. */
    static synchronized RuleBook shipped() throws Exception {
        shipped = shipped == null ? RuleBook.load(Path.of("rules")) : shipped;
        return shipped;
    }

    @BeforeAll
    void compile() throws Exception {
        book = rules();
    }

    @AfterAll
    void discard() {
        if (book != shipped) {
            book.close();
        }
    }

    @BeforeEach
    void open() {
        stand = new Stand(book);
    }

    @AfterEach
    void close() {
        stand.close();
    }

    /** Begins anew with these nodes. */
    void with(Topology topology) {
        stand.close();
        stand = new Stand(book, topology);
    }

    void put(String metric, double second, double value, Duration ttl) {
        stand.put(second, new Metric(Head.of("default", "n1", Stand.at(second), ttl), metric, value));
    }
}
