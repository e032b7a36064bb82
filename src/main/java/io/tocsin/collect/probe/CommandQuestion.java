package io.tocsin.collect.probe;

import io.tocsin.model.Text;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** A command whose exit code is the answer: 0 passes. What it prints first is part of the error. */
final class CommandQuestion implements Question {
    private static final int LONGEST_LINE = 200;

    private final ProbeSettings.Command target;
    private final Duration timeout;
    private final WorkerExecutor worker;
    private volatile boolean closed;

    CommandQuestion(Vertx vertx, ProbeSettings.Command target, Duration timeout) {
        if (target.words().isEmpty()) {
            throw new IllegalArgumentException("a command probe needs at least one word, the program");
        }
        this.target = target;
        this.timeout = timeout;
        this.worker = Workers.of(vertx);
    }

    @Override
    public Future<Answer> ask() {
        return worker.executeBlocking(this::run, false);
    }

    @Override
    public void close() {
        closed = true;
        worker.close();
    }

    private Answer run() throws InterruptedException {
        // arguments may hold secrets: only the program is named
        String program = target.words().get(0);
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("command", program);
        Run run;
        try {
            run = Run.start(target.words());
        } catch (IOException e) {
            return Answer.fail(details, program + " cannot be started: " + Text.cut(e.getMessage(), LONGEST_LINE));
        }
        try {
            boolean ended = run.ends(timeout, () -> closed);
            if (!ended) {
                return Answer.timeout(
                        details,
                        program + " did not end within " + Text.duration(timeout) + " and was killed" + said(run));
            }
            details.put("exit_code", run.exitCode());
            return run.exitCode() == 0
                    ? Answer.pass(details)
                    : Answer.fail(
                            details, program + " ended with exit code " + run.exitCode() + ", expected 0" + said(run));
        } finally {
            run.kill();
        }
    }

    private static String said(Run run) {
        String line = run.output().strip().lines().findFirst().orElse("");
        return line.isEmpty() ? "" : ": " + Text.cut(line, LONGEST_LINE);
    }
}
