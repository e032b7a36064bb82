package io.tocsin.cli.scenario;

import io.tocsin.cli.Parts;
import io.tocsin.cli.Terminal;
import io.tocsin.evaluate.RuleBook;
import io.tocsin.evaluate.RuleProblems;
import io.tocsin.model.Text;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Runs scenarios again whenever a file is saved: after a scenario file itself, after a rule all of them, as every case runs
 * through all rules. Ends with Ctrl-C.
 */
final class ScenarioWatch {
    private static final String HOME_AND_CLEAR = "\u001b[H\u001b[2J\u001b[3J";
    private static final long LOOK_EVERY_MS = 200;
    private static final int MOST_NAMED = 5;
    private static final long END_WITHIN_MS = 2_000;

    private final ScenarioTests tests;
    private final Parts.Wanted wanted;
    private final Terminal terminal;
    private final SavedFiles files;
    private RuleBook book;
    private ScenarioRunner runner;

    ScenarioWatch(ScenarioTests tests, Parts.Wanted wanted, Terminal terminal) {
        this.tests = tests;
        this.wanted = wanted;
        this.terminal = terminal;
        this.files = new SavedFiles(wanted.paths(), tests.folder());
    }

    int run() throws IOException {
        Thread me = Thread.currentThread();
        CountDownLatch ended = new CountDownLatch(1);
        Thread stop = new Thread(() -> stop(me, ended), "tocsin-stop");
        Runtime.getRuntime().addShutdownHook(stop);
        try {
            files.changed();
            rules();
            while (true) {
                again(settled());
            }
        } catch (InterruptedException told) {
            terminal.err().println("stopped");
            return 0;
        } finally {
            close();
            ended.countDown();
            if (!isStopping()) {
                Runtime.getRuntime().removeShutdownHook(stop);
            }
        }
    }

    private static void stop(Thread watching, CountDownLatch ended) {
        watching.interrupt();
        try {
            ended.await(END_WITHIN_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
        // Java would say 130, for an end that is as good as it can be
        Runtime.getRuntime().halt(0);
    }

    private static boolean isStopping() {
        try {
            Thread probe = new Thread(() -> {});
            Runtime.getRuntime().addShutdownHook(probe);
            Runtime.getRuntime().removeShutdownHook(probe);
            return false;
        } catch (IllegalStateException stopping) {
            return true;
        }
    }

    /** What was saved, once nothing has been for one more look: an editor writes in several steps. */
    private Set<Path> settled() throws IOException, InterruptedException {
        Set<Path> all = new TreeSet<>();
        while (true) {
            TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MS);
            Set<Path> now = files.changed();
            if (now.isEmpty() && !all.isEmpty()) {
                return all;
            }
            all.addAll(now);
        }
    }

    private void again(Set<Path> saved) throws IOException, InterruptedException {
        begin();
        terminal.out()
                .println("saved: "
                        + Text.clean(saved.stream()
                                .limit(MOST_NAMED)
                                .map(Path::toString)
                                .collect(Collectors.joining(", ")))
                        + (saved.size() > MOST_NAMED ? " and " + (saved.size() - MOST_NAMED) + " more" : ""));
        boolean rule = saved.stream().anyMatch(path -> !path.toString().endsWith(ScenarioFile.ENDING));
        if (rule || runner == null) {
            rules();
        } else {
            play(List.copyOf(files.stillThere(saved)), false);
        }
    }

    private void begin() {
        if (terminal.outIsTerminal()) {
            terminal.out().print(HOME_AND_CLEAR);
        }
    }

    /** Compiles the rules anew and plays everything; rules with a mistake are told, and nothing is played. */
    private void rules() throws IOException, InterruptedException {
        close();
        try {
            book = RuleBook.load(tests.folder());
            runner = new ScenarioRunner(book);
            runner.warmUp();
            play(wanted.paths(), true);
        } catch (RuleProblems problems) {
            tests.broken(problems);
            waiting();
        }
    }

    private void play(List<Path> paths, boolean all) throws IOException, InterruptedException {
        if (!paths.isEmpty()) {
            tests.play(book, runner, Selection.read(paths, wanted.cases()), all);
        }
        waiting();
    }

    private void waiting() {
        terminal.err().println("watching " + files.count() + " files, Ctrl-C ends");
    }

    private void close() {
        if (book != null) {
            book.close();
        }
        book = null;
        runner = null;
    }
}
