package io.tocsin.cli.replay;

import io.tocsin.lane.Step;
import io.tocsin.model.Alert;
import io.tocsin.model.ChangeKind;
import io.tocsin.model.Notification;
import io.tocsin.model.Text;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What one rule set made of the past: its alerts, and what went in. */
final class Story {
    private final Map<String, Tale> tales = new LinkedHashMap<>();
    private final Map<String, String> faults = new TreeMap<>();
    private final List<String> failures = new ArrayList<>();
    private Instant begin;
    private Instant end;
    private long readings;
    private long unwatched;
    private long answers;
    private long answersToNothing;
    private long lapsed;

    void reached(Instant at) {
        begin = begin == null || at.isBefore(begin) ? at : begin;
        end = end == null || at.isAfter(end) ? at : end;
    }

    void readings(int count, boolean watched) {
        readings += count;
        unwatched += watched ? 0 : count;
    }

    void answered(boolean found) {
        answers++;
        answersToNothing += found ? 0 : 1;
    }

    /** An alert that was open before the replay began. */
    void known(Alert alert) {
        tales.putIfAbsent(alert.id(), new Tale(alert));
    }

    void take(Step step) {
        for (Step.Changed change : step.changes()) {
            String id = change.alert().id();
            if (change.transition().kind() == ChangeKind.LAPSED) {
                tales.remove(id);
                lapsed++;
            } else {
                tales.computeIfAbsent(id, any -> new Tale(change.alert())).changed(change.alert(), change.transition());
            }
        }
        for (Notification one : step.transaction().notifications()) {
            Tale tale = tales.get(one.alertId());
            if (tale != null) {
                tale.told(one);
            }
        }
    }

    void failed(String cluster, Instant at, RuntimeException fault) {
        if (failures.size() < 20) {
            failures.add("cluster " + Text.clean(cluster) + " failed at " + at + " and was taken up again: "
                    + Text.clean(Text.cut(String.valueOf(fault.getMessage()), 200)));
        }
    }

    void faults(Map<String, String> more) {
        faults.putAll(more);
    }

    Map<String, String> faults() {
        return faults;
    }

    List<String> failures() {
        return failures;
    }

    /** The alerts that people would have seen, in the order in which they came up. */
    List<Tale> alerts() {
        return tales.values().stream().filter(Tale::fired).toList();
    }

    /** When the past begins; null if there is none. */
    Instant begin() {
        return begin;
    }

    Instant end() {
        return end;
    }

    long readings() {
        return readings;
    }

    /** Readings of clusters of which nothing said how they stood. */
    long unwatched() {
        return unwatched;
    }

    long answers() {
        return answers;
    }

    /** Answers to alerts that there were not under these rules, or that these rules refused. */
    long answersToNothing() {
        return answersToNothing;
    }

    /** Pending alerts that nobody heard of. */
    long lapsed() {
        return lapsed;
    }
}
