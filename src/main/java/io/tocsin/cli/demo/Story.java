package io.tocsin.cli.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tocsin.cli.demo.Scene.Mood;
import java.time.LocalTime;
import java.util.List;
import java.util.SplittableRandom;

/**
 * An hour of a store of five nodes: one runs out of memory, callers wait, a second goes down under its load, somebody
 * answers, all is mended. Told in {@link #STEPS} steps of half a minute. At a second a step the shipped rules, whose holds
 * take seconds of real time, fire and resolve within it: memory needs 30 s above its limit, and a node is up again only
 * when its checks have passed for 30 s.
 */
public final class Story {
    /** How many steps it has; at the last one all is well for good. */
    public static final int STEPS = 120;

    /** From this step on somebody can answer, and up to the second one there is something to answer. */
    public static final int ANSWER = 68;

    private static final int ANSWER_LATEST = 82;
    private static final int SHED = 78;
    private static final int RESTARTED = 82;
    private static final int DOWN = 40;
    private static final int SECOND_DOWN = 54;

    /** The node that degrades. */
    public static final String SICK = "store-3";

    private static final String SECOND = "store-5";
    private static final String FRONT = "store-1";
    private static final List<String> NODES = List.of(FRONT, "store-2", SICK, "store-4", SECOND);
    private static final double LATENCY_LIMIT = 500;
    private static final long GIB = 1L << 30;

    private static final Curve MEMORY = new Curve(8, 62, 14, 87, 28, 96, 40, 97.5, 81, 98.2, 82, 47, STEPS, 56);
    private static final Curve WAIT = new Curve(20, 18, 33, 420, 36, 640, 60, 710, 84, 690, 86, 24, STEPS, 18);
    private static final Curve LOAD = new Curve(26, 240, 36, 96, 84, 88, 90, 210, STEPS, 240);
    private static final Curve SCORE = new Curve(8, 96, 30, 41, 60, 23, 84, 30, 96, 88, STEPS, 96);

    private static final List<Scene> SCENES = List.of(
            new Scene(0, Mood.WELL, "All is well: five nodes, 1200 appends a second, p95 at 18 ms."),
            new Scene(10, Mood.TROUBLE, SICK + " loses ground: its memory fills and does not empty again."),
            new Scene(24, Mood.TROUBLE, "It spends its time collecting garbage; appends begin to wait."),
            new Scene(34, Mood.TROUBLE, "Callers notice: p95 of appends is above half a second."),
            new Scene(DOWN, Mood.TROUBLE, SICK + " answers no more. Four of five nodes carry the load."),
            new Scene(
                    SECOND_DOWN,
                    Mood.TROUBLE,
                    SECOND + " goes down under it. Three of five are left: one more and quorum is lost."),
            new Scene(ANSWER, Mood.ACTION, "Dana is awake and answers the page; nobody else is called."),
            new Scene(SHED, Mood.ACTION, "Bulk imports are paused, and " + SECOND + " is back."),
            new Scene(RESTARTED, Mood.ACTION, SICK + " is restarted with a smaller cache and catches up."),
            new Scene(88, Mood.WELL, "Appends take 24 ms again. The checks have to stay good for a while."),
            new Scene(STEPS, Mood.WELL, "All five nodes are well again."));

    private final String cluster;
    private final long seed;

    /**
     * A story.
     *
     * @param cluster the monitored cluster that it is about
     * @param seed of what wavers: the same gives the same messages
     */
    public Story(String cluster, long seed) {
        this.cluster = cluster;
        this.seed = seed;
    }

    /** Its nodes. */
    public static List<String> nodes() {
        return NODES;
    }

    /** Its turns, in order. */
    public static List<Scene> scenes() {
        return SCENES;
    }

    /** Whether a step is in the time in which somebody answers. */
    public static boolean answers(int step) {
        return step >= ANSWER && step < ANSWER_LATEST;
    }

    /** The time of day in the story: it begins at nine. */
    public static LocalTime time(int step) {
        return LocalTime.of(9, 0).plusSeconds(30L * Math.min(step, STEPS));
    }

    /** What the cluster sends at a step; from the last one on all is well. */
    public List<ObjectNode> messages(int step) {
        SplittableRandom chance = new SplittableRandom(seed * 1_000_003 + step);
        Messages messages = new Messages(cluster);
        NODES.forEach(node -> node(messages, node, step, chance));
        messages.limit(FRONT, "append_p95_ms", wait(FRONT, step, chance), LATENCY_LIMIT);
        if (step == DOWN + 2) {
            messages.trace(SICK, "gc_pause", 4180);
            messages.state(SICK, MEMORY.at(step), 64 * GIB);
        }
        return messages.all();
    }

    private void node(Messages messages, String node, int step, SplittableRandom chance) {
        boolean sick = node.equals(SICK);
        boolean down = down(node, step);
        double wait = wait(node, step, chance);
        messages.component(node, down ? "unhealthy" : sick && strained(step) ? "degraded" : "healthy", wait / 4);
        messages.check(node, "store-http", !down, 3 + chance.nextDouble(4));
        messages.check(node, "store-tcp", !down, 1 + chance.nextDouble());
        messages.usage(node, "memory", (sick ? MEMORY.at(step) : 58) + waver(chance, 0.4), 64 * GIB);
        messages.usage(node, "cpu", cpu(node, step) + waver(chance, 3), 16);
        messages.usage(node, "disk", 61 + waver(chance, 0.1), 1024 * GIB);
        messages.analysis(
                node,
                (sick ? SCORE.at(step) : 96 - cpu(node, step) / 8) + waver(chance, 2),
                sick && strained(step)
                        ? new String[] {"garbage collection", "cache larger than the heap"}
                        : new String[0]);
        if (down) {
            return;
        }
        double load = LOAD.at(step) + waver(chance, 8);
        messages.throughput(node, "append", load);
        messages.throughput(node, "read", load * 3.4);
        long samples = Math.max(200, Math.round(load * 10));
        messages.latency(node, "append", "p50", wait * 0.4, samples);
        messages.latency(node, "append", "p95", wait, samples);
        messages.latency(node, "append", "p99", wait * 2.1, samples);
    }

    private static boolean down(String node, int step) {
        return node.equals(SICK) && step >= DOWN && step < RESTARTED
                || node.equals(SECOND) && step >= SECOND_DOWN && step < SHED;
    }

    private static boolean strained(int step) {
        return step >= 18 && step < RESTARTED;
    }

    private static double wait(String node, int step, SplittableRandom chance) {
        double wait = WAIT.at(step);
        return wait * (node.equals(SICK) ? 1.05 : 1) * (1 + waver(chance, 0.04));
    }

    private static double cpu(String node, int step) {
        double strain = Math.min(1, Math.max(0, WAIT.at(step) - 18) / 600);
        return node.equals(SICK) ? 34 + 50 * strain : 31 + 38 * strain;
    }

    private static double waver(SplittableRandom chance, double most) {
        return chance.nextDouble(-most, most);
    }
}
