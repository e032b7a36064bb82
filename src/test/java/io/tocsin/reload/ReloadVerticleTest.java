package io.tocsin.reload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tocsin.bus.Address;
import io.tocsin.bus.LocalCodec;
import io.tocsin.evaluate.Problem;
import io.tocsin.evaluate.RuleBook;
import io.tocsin.store.MemoryStore;
import io.tocsin.store.Store;
import io.tocsin.store.StoreException;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What gets to the lanes, and what never does, whatever lies in the folder. */
class ReloadVerticleTest {
    private static final String FILE = "threshold/memory.drl";
    private static final String RULE = """
            package rules;
            import io.tocsin.model.*;
            import java.util.List;
            import static io.tocsin.model.Rules.*;
            /** Memory. */
            rule "memory is high"
            when
                $u : ResourceUsage(resourceType == ResourceType.MEMORY, usagePercent > 85)
            then
                insertLogical(Finding.of("memory_usage", $u).warning("high"));
            end
            """;

    @TempDir
    Path home;

    private Path rules;
    private final Vertx vertx = Vertx.vertx();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final MemoryStore memory = new MemoryStore();
    private final AtomicBoolean storeAway = new AtomicBoolean();
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
    private final AtomicReference<Proof.Result> proof = new AtomicReference<>(Proof.Result.NONE);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private final List<String> atLanes = new CopyOnWriteArrayList<>();
    private final List<String> verdicts = new CopyOnWriteArrayList<>();
    private Books books;

    @BeforeEach
    void begin() throws Exception {
        rules = home.resolve("rules");
        write(FILE, RULE);
        vertx.eventBus().registerDefaultCodec(RuleBook.class, new LocalCodec<>(RuleBook.class));
        vertx.eventBus().<RuleBook>localConsumer(Address.RULES, this::lanes);
        vertx.eventBus().<JsonObject>localConsumer(Address.VERDICT, message -> {
            verdicts.add(message.body().getString("problem", "well"));
            message.reply(null);
        });
    }

    private void lanes(Message<RuleBook> message) {
        atLanes.add(message.body().hash());
        message.reply(new JsonObject().put("clusters", 1).put("failed", 0).put("pause_ms", 1.5));
    }

    private void deploy(Proof what) throws Exception {
        FolderWatch watch = new FolderWatch(rules, now::get);
        books = new Books(RuleBook.load(rules));
        var tools = new ReloadVerticle.Tools(watch, what, store(), now::get, registry);
        vertx.deployVerticle(new ReloadVerticle(new ReloadSettings(rules, true, "default"), books, tools))
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        await().until(() -> verdicts.size() == 1);
    }

    private void deploy() throws Exception {
        deploy((book, folder) -> proof.get());
    }

    private Store store() {
        return (Store) Proxy.newProxyInstance(
                Store.class.getClassLoader(), new Class<?>[] {Store.class}, (proxy, method, arguments) -> {
                    if (storeAway.get()) {
                        throw new StoreException("the disk is full", null);
                    }
                    return method.invoke(memory, arguments);
                });
    }

    @AfterEach
    void end() throws Exception {
        goOn.countDown();
        vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        books.close();
        memory.close();
    }

    private void write(String name, String text) throws IOException {
        Files.createDirectories(rules.resolve(name).getParent());
        Files.writeString(rules.resolve(name), text);
    }

    private JsonObject last() throws Exception {
        return vertx.eventBus()
                .<JsonObject>request(Address.RELOADED, "")
                .toCompletionStage()
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS)
                .body();
    }

    private JsonObject ask(boolean force) throws Exception {
        return vertx.eventBus()
                .<JsonObject>request(
                        Address.RELOAD, new JsonObject().put("trigger", "http").put("force", force))
                .toCompletionStage()
                .toCompletableFuture()
                .get(60, TimeUnit.SECONDS)
                .body();
    }

    private JsonObject result(String result) {
        return await().atMost(Duration.ofSeconds(30))
                .until(
                        this::last,
                        last -> last != null && last.getString("result").equals(result));
    }

    /** What is wrong is named at its place, at once and for people; no lane hears of it; when it is right again all is well. */
    private void isRefusedUntil(String place, String what, IoAction repaired) throws Exception {
        String before = books.inForce().hash();
        JsonObject refused = result("refused");
        assertThat(refused.getString("rule_hash")).isEqualTo(before);
        assertThat(refused.getJsonArray("problems").encode()).contains(what).doesNotContain("Exception");
        JsonObject first = refused.getJsonArray("problems").getJsonObject(0);
        assertThat(first.getString("file"))
                .isEqualTo(rules.resolve(place).normalize().toString());
        assertThat(first.getInteger("line")).isPositive();
        assertThat(first.getInteger("column")).isPositive();
        assertThat(atLanes).isEmpty();
        await().untilAsserted(() -> assertThat(verdicts.get(verdicts.size() - 1))
                .contains("changed rules are not in force")
                .contains(what));
        repaired.run();
        result("unchanged");
        await().untilAsserted(
                        () -> assertThat(verdicts.get(verdicts.size() - 1)).isEqualTo("well"));
        assertThat(books.inForce().hash()).isEqualTo(before);
    }

    private interface IoAction {
        void run() throws IOException;
    }

    @Test
    void savedFileGetsToTheLanes() throws Exception {
        deploy();
        String before = books.inForce().hash();
        write(FILE, RULE.replace("> 85", "> 92"));
        JsonObject taken = result("taken");
        assertThat(taken.getString("trigger")).isEqualTo("change");
        assertThat(taken.getString("previous_hash")).isEqualTo(before);
        assertThat(taken.getInteger("rules_changed")).isEqualTo(1);
        assertThat(atLanes).containsExactly(taken.getString("rule_hash"));
        assertThat(memory.rule(taken.getString("rule_hash"), "memory is high")
                        .orElseThrow()
                        .text())
                .contains("> 92");
        assertThat(registry.counter("tocsin_rules_reloads_total", "result", "taken")
                        .count())
                .isEqualTo(1);
    }

    @Test
    void whoAsksIsToldWhatIsInForce() throws Exception {
        deploy();
        assertThat(last()).isNull();
        JsonObject same = ask(false);
        assertThat(same.getInteger("status")).isEqualTo(200);
        assertThat(same.getJsonObject("body").getBoolean("changed")).isFalse();
        assertThat(same.getJsonObject("body").getInteger("files")).isEqualTo(1);
        assertThat(atLanes).as("rules out of force have a new chance").hasSize(1);
        write(FILE, "rule");
        assertThat(ask(false).getInteger("status")).isEqualTo(422);
    }

    @Test
    void syntaxErrorIsRefused() throws Exception {
        deploy();
        write(FILE, RULE.replace("> 85)", "> 85"));
        isRefusedUntil(FILE, "closed", () -> write(FILE, RULE));
    }

    @Test
    void fileThatIsNoTextIsRefused() throws Exception {
        deploy();
        Files.write(rules.resolve(FILE), RULE.replace("high", "hök").getBytes(StandardCharsets.ISO_8859_1));
        isRefusedUntil(FILE, "UTF-8", () -> write(FILE, RULE));
    }

    @Test
    void fileOfTenMegabytesIsRefused() throws Exception {
        deploy();
        write("threshold/large.drl", "/".repeat(10 << 20));
        isRefusedUntil("threshold/large.drl", "10485760", () -> Files.delete(rules.resolve("threshold/large.drl")));
    }

    @Test
    void loopOfLinksIsRefused() throws Exception {
        deploy();
        Files.createSymbolicLink(rules.resolve("threshold/again"), rules);
        isRefusedUntil("threshold/again", "loop", () -> Files.delete(rules.resolve("threshold/again")));
    }

    @Test
    void linkToItselfIsRefused() throws Exception {
        deploy();
        Files.createSymbolicLink(rules.resolve("self.drl"), Path.of("self.drl"));
        isRefusedUntil("self.drl", "symbolic link", () -> Files.delete(rules.resolve("self.drl")));
    }

    @Test
    void folderThatIsGoneIsRefusedUntilItIsBack() throws Exception {
        deploy();
        Files.move(rules, home.resolve("away"));
        isRefusedUntil("", "no such folder", () -> Files.move(home.resolve("away"), rules));
    }

    @Test
    void folderThatVanishesWhileItsRulesAreTriedIsNoHarm() throws Exception {
        CountDownLatch proving = new CountDownLatch(1);
        deploy((book, folder) -> {
            proving.countDown();
            await().until(() -> goOn.getCount() == 0);
            boolean there = Files.exists(folder);
            return there
                    ? Proof.Result.NONE
                    : new Proof.Result(List.of(problem("there is no such folder")), List.of(), 0);
        });
        write(FILE, RULE.replace("> 85", "> 92"));
        assertThat(proving.await(30, TimeUnit.SECONDS)).isTrue();
        Files.move(rules, home.resolve("away"));
        goOn.countDown();
        result("refused");
        assertThat(atLanes).isEmpty();
        Files.move(home.resolve("away"), rules);
        result("taken");
        assertThat(atLanes).hasSize(1);
    }

    private static Problem problem(String what) {
        return new Problem("threshold/memory.scenario.yaml", 3, 1, what, "", false);
    }

    @Test
    void scenarioThatFailsIsRefusedAndForceTakesIt() throws Exception {
        deploy();
        proof.set(new Proof.Result(List.of(problem("case \"fires\": at 31s")), List.of(), 0));
        write(FILE, RULE.replace("> 85", "> 92"));
        JsonObject refused = result("refused");
        assertThat(refused.getJsonArray("problems").getJsonObject(0).getString("what"))
                .contains("fires");
        assertThat(atLanes).isEmpty();
        JsonObject forced = ask(true);
        assertThat(forced.getJsonObject("body").getString("result")).isEqualTo("taken");
        assertThat(atLanes).hasSize(1);
    }

    @Test
    void rulesThatCannotBeKeptWaitForTheStore() throws Exception {
        deploy();
        storeAway.set(true);
        write(FILE, RULE.replace("> 85", "> 92"));
        JsonObject failed = result("failed");
        assertThat(failed.getString("error")).contains("the disk is full");
        assertThat(atLanes).isEmpty();
        storeAway.set(false);
        now.updateAndGet(time -> time.plusSeconds(11));
        result("taken");
        assertThat(atLanes).hasSize(1);
    }

    @Test
    void attemptsFollowOneAnother() throws Exception {
        CountDownLatch proving = new CountDownLatch(1);
        deploy((book, folder) -> {
            proving.countDown();
            await().until(() -> goOn.getCount() == 0);
            return Proof.Result.NONE;
        });
        var first = vertx.eventBus().<JsonObject>request(Address.RELOAD, new JsonObject().put("trigger", "http"));
        assertThat(proving.await(30, TimeUnit.SECONDS)).isTrue();
        var second = vertx.eventBus().<JsonObject>request(Address.RELOAD, new JsonObject().put("trigger", "signal"));
        var third = vertx.eventBus().<JsonObject>request(Address.RELOAD, new JsonObject().put("trigger", "http"));
        await().until(third::isComplete);
        assertThat(third.cause()).hasMessageContaining("reloaded");
        goOn.countDown();
        await().atMost(Duration.ofSeconds(30)).until(() -> first.isComplete() && second.isComplete());
        assertThat(first.succeeded() && second.succeeded()).isTrue();
    }
}
