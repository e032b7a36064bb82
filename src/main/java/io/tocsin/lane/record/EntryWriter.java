package io.tocsin.lane.record;

import io.tocsin.model.Telemetry;

/** Writes the entries of one file. */
final class EntryWriter {
    static final int OPENED = 1;
    static final int PUT = 2;
    static final int TICK = 3;
    static final int COMMAND = 4;
    static final int CLOSED = 5;
    static final int GAP = 6;

    private final Sink sink = new Sink();
    private final Words words = new Words();
    private final TelemetryWriter telemetry = new TelemetryWriter(sink, words);
    private final RestoredJson json = new RestoredJson();

    /** The bytes since they were last cleared. */
    Sink sink() {
        return sink;
    }

    /** How many series the file names. */
    int strands() {
        return telemetry.strands();
    }

    void write(Entry entry) {
        if (entry instanceof Entry.Put put) {
            begin(PUT, put);
            words.write(sink, put.cluster());
            sink.number(put.batch().size());
            for (Telemetry one : put.batch()) {
                telemetry.write(one, put.at());
            }
        } else if (entry instanceof Entry.Tick) {
            begin(TICK, entry);
        } else if (entry instanceof Entry.Opened opened) {
            begin(OPENED, opened);
            words.write(sink, opened.cluster());
            words.write(sink, opened.ruleHash());
            sink.one(opened.goesOn() ? 1 : 0);
            sink.text(json.write(opened));
        } else if (entry instanceof Entry.Command command) {
            begin(COMMAND, command);
            words.write(sink, command.cluster());
            sink.text(command.body());
            words.write(sink, command.key() == null ? null : command.key().alertType());
            words.write(sink, command.key() == null ? null : command.key().subject());
        } else if (entry instanceof Entry.Closed closed) {
            begin(CLOSED, closed);
            words.write(sink, closed.cluster());
        } else if (entry instanceof Entry.Gap gap) {
            begin(GAP, gap);
            sink.number(gap.entries());
            sink.number(gap.readings());
            sink.text(gap.reason());
        }
    }

    private void begin(int kind, Entry entry) {
        sink.one(kind);
        sink.number(entry.lane());
        sink.near(entry.at());
    }
}
