package io.tocsin;

import java.util.Queue;
import java.util.concurrent.Flow;

/** Gathers the lines of an answer that does not end. */
final class Lines implements Flow.Subscriber<String> {
    private final Queue<String> lines;

    Lines(Queue<String> lines) {
        this.lines = lines;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(String line) {
        if (!line.isEmpty()) {
            lines.add(line);
        }
    }

    @Override
    public void onError(Throwable fault) {
        lines.add("fault: " + fault);
    }

    @Override
    public void onComplete() {
        lines.add("over");
    }
}
