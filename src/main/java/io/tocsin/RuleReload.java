package io.tocsin;

import io.micrometer.core.instrument.MeterRegistry;
import io.tocsin.cli.scenario.CaseThreads;
import io.tocsin.cli.scenario.ScenarioProof;
import io.tocsin.config.Settings;
import io.tocsin.evaluate.RuleBook;
import io.tocsin.evaluate.RuleProblems;
import io.tocsin.reload.Books;
import io.tocsin.reload.FolderWatch;
import io.tocsin.reload.Proof;
import io.tocsin.reload.ReloadSettings;
import io.tocsin.reload.ReloadVerticle;
import io.tocsin.store.Store;
import io.vertx.core.Deployable;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Consumer;

/** The rules of an appliance from the first reading of their folder to the end: which are in force, and what replaces them. */
final class RuleReload implements AutoCloseable {
    private static final Duration MOST_PROOF = Duration.ofSeconds(20);

    private final Settings settings;
    private final Clock clock;
    private final FolderWatch folder;
    private final CaseThreads threads;
    private Books books;

    /** Looks at the folder, so that no change after this goes unnoticed. Blocks. */
    RuleReload(Settings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        this.threads = new CaseThreads(settings.rules().stuckAfter());
        this.folder = new FolderWatch(settings.rules().path(), clock::instant);
    }

    /** Reads and compiles the rules that are in force first. Blocks. */
    RuleBook load() throws RuleProblems {
        RuleBook first = RuleBook.load(settings.rules().path());
        books = new Books(first);
        return first;
    }

    Deployable verticle(Store store, MeterRegistry registry) {
        registry.gauge("tocsin_rules_trial_threads_lost", threads, CaseThreads::lost);
        return new ReloadVerticle(
                new ReloadSettings(
                        settings.rules().path(),
                        settings.rules().watch(),
                        settings.host().cluster()),
                books,
                new ReloadVerticle.Tools(folder, this::prove, store, clock::instant, registry));
    }

    /** Calls back with the hash of each rule set that comes into force after the first. */
    void onTake(Consumer<String> listener) {
        books.onTake(listener);
    }

    private Proof.Result prove(RuleBook book, Path folder) {
        ScenarioProof.Result result = ScenarioProof.run(book, folder, MOST_PROOF, threads);
        return new Proof.Result(
                result.problems(),
                result.played().stream()
                        .map(one -> new Proof.Case(one.file(), one.name(), one.line(), one.passed()))
                        .toList(),
                result.leftOut());
    }

    /** To be called when no lane runs any longer. */
    @Override
    public void close() {
        if (books != null) {
            books.close();
        }
    }
}
