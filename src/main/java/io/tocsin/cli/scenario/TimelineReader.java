package io.tocsin.cli.scenario;

import io.tocsin.model.Text;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the time line of a case: entries in order of time, each with what happens at its instant or before it. */
final class TimelineReader {
    private static final int MOST_MOMENTS = 200_000;
    private static final Duration LONGEST = Duration.ofDays(366);
    private static final Set<String> ENTRY =
            ScenarioReader.ordered("at", "send", "every", "ack", "resolve", "restart", "expect");
    private static final Set<String> EVERY = ScenarioReader.ordered("from", "to", "step", "send");
    private static final Pattern FIELD = Pattern.compile("^(?:[a-z_]+\\.)?([a-z_]+)[^:]*: ");

    private final Mistakes mistakes;
    private final CommandReader commands;
    private final ExpectReader expects;
    private final List<Scenario.Moment> moments = new ArrayList<>();

    TimelineReader(Mistakes mistakes) {
        this.mistakes = mistakes;
        this.commands = new CommandReader(mistakes);
        this.expects = new ExpectReader(mistakes);
    }

    List<Scenario.Moment> moments(Node.Branch oneCase) {
        Node timeline = oneCase.at("timeline");
        if (timeline == null) {
            mistakes.missing(oneCase, "timeline", "a list, each with at and what happens then");
            return List.of();
        }
        if (!(timeline instanceof Node.Items items) || items.items().isEmpty()) {
            mistakes.expected(timeline, "timeline", "at least one entry with at and what happens then");
            return List.of();
        }
        Duration before = Duration.ZERO;
        int line = 0;
        for (Node item : items.items()) {
            if (item instanceof Node.Branch entry) {
                Duration at = entry(entry);
                if (at.compareTo(before) < 0) {
                    mistakes.add(
                            entry.place("at"),
                            "at: " + Text.duration(at) + " is before " + Text.duration(before) + " on line " + line,
                            "entries stand in order of time");
                }
                before = at;
                line = entry.place("at").line();
            } else {
                mistakes.expected(item, "an entry of the timeline", "keys such as at, send and expect");
            }
        }
        moments.sort(Comparator.comparing(Scenario.Moment::at));
        return List.copyOf(moments);
    }

    private Duration entry(Node.Branch entry) {
        mistakes.unknown(entry, ENTRY);
        Duration given = duration(entry, "at", true);
        Duration at = given == null ? Duration.ZERO : given;
        if (entry.at("every") instanceof Node.Branch every) {
            every(every);
        } else if (entry.at("every") != null) {
            mistakes.expected(entry.at("every"), "every", "{from: 40s, to: 15m, step: 10s, send: {…}}");
        }
        if (entry.at("send") != null) {
            add(at, entry.place("send"), new Scenario.Send(messages(entry.at("send"), at)));
        }
        if (entry.at("ack") != null) {
            add(at, entry.place("ack"), commands.ack(entry.at("ack")));
        }
        if (entry.at("resolve") != null) {
            add(at, entry.place("resolve"), commands.resolve(entry.at("resolve")));
        }
        if (entry.at("restart") != null) {
            if (!Boolean.TRUE.equals(entry.at("restart").plain())) {
                mistakes.expected(entry.at("restart"), "restart", "true");
            }
            add(at, entry.place("restart"), new Scenario.Restart());
        }
        if (entry.at("expect") != null) {
            add(at, entry.place("expect"), expects.expect(entry.at("expect")));
        }
        for (String key : ENTRY) {
            if (entry.fields().containsKey(key) && entry.at(key).plain() == null) {
                mistakes.expected(entry.at(key), key, "a value");
            }
        }
        return at;
    }

    private void add(Duration at, Node.Place place, Scenario.Action action) {
        if (action != null && moments.size() < MOST_MOMENTS) {
            moments.add(new Scenario.Moment(at, place.line(), action));
        }
    }

    private void every(Node.Branch every) {
        mistakes.unknown(every, EVERY);
        Duration from = duration(every, "from", true);
        Duration to = duration(every, "to", true);
        Duration step = duration(every, "step", true);
        if (every.at("send") == null) {
            mistakes.missing(every, "every.send", "a message or a list");
            return;
        }
        Scenario.Send send = new Scenario.Send(messages(every.at("send"), from == null ? Duration.ZERO : from));
        if (from == null || to == null || step == null) {
            return;
        }
        if (to.compareTo(from) < 0) {
            mistakes.add(
                    every.place("to"),
                    "every.to: " + Text.duration(to) + " is before from, " + Text.duration(from),
                    "");
            return;
        }
        if (step.isZero()) {
            mistakes.add(every.place("step"), "every.step: expected more than 0s", "");
            return;
        }
        long times = to.minus(from).dividedBy(step) + 1;
        if (moments.size() + times > MOST_MOMENTS) {
            mistakes.add(
                    every.place("step"), "every: sends " + times + " times", "at most " + MOST_MOMENTS + " a case");
            return;
        }
        for (long i = 0; i < times; i++) {
            add(from.plus(step.multipliedBy(i)), every.place("send"), send);
        }
    }

    private List<Message> messages(Node node, Duration first) {
        List<Message> messages = new ArrayList<>();
        List<Node> all = node instanceof Node.Items items ? items.items() : List.of(node);
        if (all.isEmpty()) {
            mistakes.expected(node, "send", "a message or a list of messages");
        }
        for (Node one : all) {
            if (!(one instanceof Node.Branch branch)) {
                mistakes.expected(one, "send", "a message such as {type: resource_usage, node: n1, …}");
                continue;
            }
            Object read = Message.of(new JsonObject(branch.plain()), Stage.BEGIN.plus(first));
            if (read instanceof Message message) {
                messages.add(message);
            } else {
                refused(branch, ((Message.Refused) read).error());
            }
        }
        return messages;
    }

    /** A message is refused in the words that its sender would get; the place is that of the field it is about. */
    private void refused(Node.Branch message, String error) {
        Matcher field = FIELD.matcher(error);
        String[] parts = error.split("; ", 2);
        mistakes.add(
                field.find() ? message.place(field.group(1)) : message.place(),
                parts[0],
                parts.length > 1 ? parts[1] : "");
    }

    private Duration duration(Node.Branch branch, String key, boolean required) {
        return duration(mistakes, branch, key, required);
    }

    /** A duration; null, and a mistake, if it is not there or wrong. */
    static Duration duration(Mistakes mistakes, Node.Branch branch, String key, boolean required) {
        Node node = branch.at(key);
        if (node == null || node.plain() == null) {
            if (required && node == null) {
                mistakes.missing(branch, key, "a duration such as 30s, 10m or 1h30m");
            }
            return null;
        }
        try {
            Duration duration =
                    Text.duration(node instanceof Node.Leaf leaf ? leaf.value().toString() : "");
            if (duration.compareTo(LONGEST) <= 0) {
                return duration;
            }
            mistakes.expected(node, key, "at most 366d");
        } catch (IllegalArgumentException fault) {
            mistakes.add(node.place(), key + ": " + fault.getMessage(), "");
        }
        return null;
    }

    static Map<String, Object> plain(Node.Branch branch, Set<String> without) {
        Map<String, Object> plain = branch.plain();
        plain.keySet().removeAll(without);
        return plain;
    }
}
