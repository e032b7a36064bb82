package io.tocsin.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StoreReadsTest {
    private final Vertx vertx = Vertx.vertx();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @AfterEach
    void stop() throws Exception {
        ApiFixture.of(vertx.close());
    }

    @Test
    void onlySoManyWaitAndTheRestIsRefusedAndCounted() throws Exception {
        StoreReads reads = new StoreReads(vertx, registry);
        CountDownLatch store = new CountDownLatch(1);
        List<Future<Boolean>> answers = new ArrayList<>();
        for (int i = 0; i < 70; i++) {
            answers.add(reads.read(() -> store.await(20, TimeUnit.SECONDS)));
        }

        assertThat(answers.stream().filter(Future::failed))
                .hasSize(6)
                .allSatisfy(refused -> assertThat(refused.cause()).hasMessageContaining("too many requests wait"));
        assertThat(registry.counter("tocsin.http.refused", "reason", "busy").count())
                .isEqualTo(6);

        store.countDown();
        for (Future<Boolean> answer : answers.subList(0, 64)) {
            assertThat(ApiFixture.of(answer)).isTrue();
        }
        assertThat(ApiFixture.of(reads.read(() -> "again"))).isEqualTo("again");
    }
}
