package io.tocsin.cli.replay;

import io.tocsin.cli.Parts;
import io.tocsin.cli.Terminal;
import io.tocsin.evaluate.RuleBook;
import io.tocsin.evaluate.RuleProblems;
import io.tocsin.lane.record.RecordingFault;
import io.tocsin.model.Text;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;

/** Replays a past through one rule set or two, and says what came of it. */
public final class Replay {
    private static final int DONE = 0;
    private static final int CANNOT = 2;
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final Parts.Past past;
    private final Terminal terminal;
    private final Parts.Look look;
    private final ProgressBar progress;
    private final Duration limit;

    private Replay(Parts.Past past, Terminal terminal, Parts.Look look, Duration limit) {
        this.past = past;
        this.terminal = terminal;
        this.look = look;
        this.limit = limit;
        this.progress = new ProgressBar(terminal, look.quiet());
    }

    /**
     * Replays and prints.
     *
     * @return the exit code
     */
    public static int run(Parts.Past past, Terminal terminal, Parts.Look look) throws InterruptedException {
        return run(past, terminal, look, LIMIT);
    }

    /** The same with so much time for a rule to return. */
    static int run(Parts.Past past, Terminal terminal, Parts.Look look, Duration limit) throws InterruptedException {
        Replay replay = new Replay(past, terminal, look, limit);
        try {
            return replay.run();
        } catch (ReplayFault | RecordingFault fault) {
            return replay.cannot(fault.getMessage());
        } catch (IOException fault) {
            return replay.cannot(Text.clean(String.valueOf(fault)));
        }
    }

    private int cannot(String reason) {
        progress.clear();
        terminal.err().println("tocsin: " + reason);
        return CANNOT;
    }

    private int run() throws IOException, InterruptedException {
        progress.say("compiling rules");
        CompletableFuture<RuleBook> second = past.against() == null
                ? CompletableFuture.completedFuture(null)
                : CompletableFuture.supplyAsync(() -> load(past.against()));
        try (RuleBook book = load(past.rules())) {
            try (RuleBook other = second.join()) {
                return run(book, other);
            }
        } catch (CompletionException fault) {
            progress.clear();
            if (fault.getCause() instanceof ReplayFault problems) {
                terminal.err().println(problems.getMessage());
                return CANNOT;
            }
            throw fault;
        }
    }

    /** Problems name the file from the working directory on. */
    private static RuleBook load(Path folder) {
        try {
            return RuleBook.load(folder);
        } catch (RuleProblems problems) {
            throw new CompletionException(new ReplayFault(problems.problems().stream()
                    .map(problem -> Text.clean(folder + "/" + problem))
                    .collect(Collectors.joining("\n"))));
        }
    }

    private int run(RuleBook book, RuleBook other) throws IOException, InterruptedException {
        progress.say("reading");
        Set<String> receivers = new TreeSet<>(Set.of("log", "slack", "pagerduty"));
        receivers.addAll(book.routedTo());
        long began = System.nanoTime();
        List<String> notes;
        try (Feed feed = Inputs.open(past.files(), receivers);
                Player after = new Player(book, Text.clean(past.rules().toString()));
                Player before = other == null
                        ? null
                        : new Player(other, Text.clean(past.against().toString()))) {
            Screening.run(feed, before == null ? List.of(after) : List.of(after, before), progress, limit);
            if (after.story().begin() == null) {
                throw new ReplayFault("there is nothing in what was recorded: " + String.join("; ", feed.notes()));
            }
            notes = new ArrayList<>(feed.notes());
            notes.addAll(notes(after));
            if (before != null) {
                notes.addAll(notes(before));
            }
            Result result = new Result(
                    new Result.Side(after.folder(), book, after.story()),
                    other == null ? null : new Result.Side(before.folder(), other, before.story()),
                    notes,
                    (System.nanoTime() - began) / 1e9);
            progress.clear();
            print(result);
        }
        return DONE;
    }

    private static List<String> notes(Player player) {
        List<String> notes = new ArrayList<>();
        String with = "with " + player.folder() + ": ";
        Story story = player.story();
        if (story.unwatched() > 0) {
            notes.add(with + story.unwatched() + " readings came before anything said how their cluster stood");
        }
        if (story.answersToNothing() > 0) {
            notes.add(with + story.answersToNothing() + " of " + story.answers()
                    + " answers went to alerts that were not there, or were refused");
        }
        story.failures().forEach(failure -> notes.add(with + failure));
        player.faults()
                .forEach((rule, reason) -> notes.add(
                        with + "rule \"" + Text.clean(rule) + "\" failed: " + Text.clean(Text.cut(reason, 200))));
        return notes;
    }

    private void print(Result result) throws IOException {
        if (past.html() != null) {
            Files.writeString(past.html(), HtmlReport.of(result), StandardCharsets.UTF_8);
        }
        if (look.json()) {
            terminal.out().println(JsonReport.of(result).encodePrettily());
        } else if (look.quiet()) {
            result.difference().pairs().stream()
                    .filter(pair -> result.before() == null || !pair.same())
                    .forEach(pair -> terminal.out().println(pair.any().id()));
        } else {
            new TextReport(result, terminal, look.colour()).print();
        }
        result.notes().forEach(note -> terminal.err().println("note: " + note));
        if (past.html() != null && !look.quiet()) {
            terminal.err()
                    .println("the time line is in " + Text.clean(past.html().toString()));
        }
    }
}
