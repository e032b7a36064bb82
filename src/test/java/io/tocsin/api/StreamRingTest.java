package io.tocsin.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StreamRingTest {
    private static final StreamFilter ALL = new StreamFilter(Set.of(StreamTopic.ALERTS), null, null, null);

    private final StreamRing ring = new StreamRing("s", 4, 100);

    private void add(String text) {
        ring.add(number -> new StreamEvent(StreamTopic.ALERTS, null, null, null, Buffer.buffer(text)));
    }

    @Test
    void holdsTheNewestOnly() {
        for (int i = 1; i <= 6; i++) {
            add("<" + i + ">");
        }
        assertThat(ring.lost(2)).isTrue();
        assertThat(ring.lost(3)).isFalse();
        assertThat(ring.from(3, ALL).text()).hasToString("<3><4><5><6>");
        assertThat(ring.from(3, ALL).next()).isEqualTo(7);
        assertThat(ring.after("s-6")).isEqualTo(7);
        assertThat(ring.after("s-2")).isEqualTo(3);
        assertThat(ring.after("s-1")).isZero();
        assertThat(ring.after("s-7")).isZero();
    }

    @Test
    void holdsOnlySoManyBytes() {
        add("x".repeat(60));
        add("y".repeat(60));
        assertThat(ring.bytes()).isEqualTo(60);
        assertThat(ring.after("s-0")).isZero();
        add("z".repeat(500));
        assertThat(ring.bytes()).isEqualTo(500);
        assertThat(ring.from(3, ALL).text().length()).isEqualTo(500);
    }

    @Test
    void whatIsForgottenKeepsItsNumber() {
        add("a");
        ring.clear();
        add("b");
        assertThat(ring.after("s-1")).isEqualTo(2);
        assertThat(ring.after("s-0")).isZero();
        assertThat(ring.from(2, ALL).text()).hasToString("b");
    }
}
