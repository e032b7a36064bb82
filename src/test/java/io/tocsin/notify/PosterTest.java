package io.tocsin.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.tocsin.fake.FakePagerDuty;
import io.tocsin.fake.Fault;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class PosterTest {
    private static Outcome post(Poster poster) throws Exception {
        return poster.post(new JsonObject(), answer -> new Outcome.Delivered(answer.text()))
                .toCompletionStage()
                .toCompletableFuture()
                .get(5, TimeUnit.SECONDS);
    }

    private static Poster poster(Vertx vertx, FakePagerDuty server) {
        return poster(vertx, server, LastLook.NOBODY_ELSE);
    }

    private static Poster poster(Vertx vertx, FakePagerDuty server, LastLook lastLook) {
        return new Poster(
                vertx,
                Endpoint.open("receivers.pd.url", server.url()),
                () -> Samples.T0,
                lastLook,
                Duration.ofMillis(300));
    }

    @Test
    void anAnswerThatNeverEndsIsAnUnknownOutcome(Vertx vertx) throws Exception {
        FakePagerDuty server = FakePagerDuty.start(vertx).play(Fault.slowBody());
        assertThat(post(poster(vertx, server)))
                .isEqualTo(Outcome.Retry.of("no answer within 300ms, unknown whether it arrived"));
    }

    @Test
    void onlyTheBeginningOfAnAnswerIsRead(Vertx vertx) throws Exception {
        FakePagerDuty server = FakePagerDuty.start(vertx).play(Fault.hugeBody());
        Outcome outcome = poster(vertx, server)
                .post(
                        new JsonObject(),
                        answer -> new Outcome.Delivered("" + answer.body().length()))
                .toCompletionStage()
                .toCompletableFuture()
                .get(5, TimeUnit.SECONDS);
        assertThat(outcome.text()).isEqualTo("65536");
    }

    @Test
    void redirectsAreNotFollowed(Vertx vertx) throws Exception {
        FakePagerDuty other = FakePagerDuty.start(vertx);
        FakePagerDuty server = FakePagerDuty.start(vertx).play(Fault.redirect(other.url()));
        assertThat(post(poster(vertx, server)).text()).isEqualTo("HTTP 302");
        assertThat(other.requests()).isZero();
    }

    @Test
    void whoeverIsNotSureThatItIsStillTheOneSendsNothing(Vertx vertx) throws Exception {
        FakePagerDuty server = FakePagerDuty.start(vertx);
        List<LastLook> unsure = List.of(
                () -> Future.succeededFuture(false),
                () -> Future.failedFuture("the store is away"),
                () -> Promise.<Boolean>promise().future());
        for (LastLook look : unsure) {
            Outcome outcome = poster(vertx, server, look)
                    .post(new JsonObject(), answer -> new Outcome.Delivered(""))
                    .await(5, TimeUnit.SECONDS);
            assertThat(outcome).isInstanceOf(Outcome.Unsent.class);
        }
        assertThat(server.requests()).isZero();
    }
}
