package io.tocsin.bus;

import org.slf4j.Marker;
import org.slf4j.MarkerFactory;

/**
 * The four families of log lines, each an SLF4J marker that the log's layout turns into a colour. A line begins with its
 * symbol; values from outside go through {@link io.tocsin.model.Text#clean} first; a line break in a message is ours.
 */
public final class LogFamily {
    private LogFamily() {}

    /** Something works: a collector, session, receiver or member becomes active (★, 🩺). */
    public static final Marker SUCCESS = MarkerFactory.getMarker("SUCCESS");

    /** Something is wrong: terminates (💀), fails (❌), an alert fires (🚨). */
    public static final Marker FAILURE = MarkerFactory.getMarker("FAILURE");

    /** Something was done: published (📡), sent (📤), escalated (⏫), collected (📈). */
    public static final Marker ACTION = MarkerFactory.getMarker("ACTION");

    /** How something is: health events (📡), summaries (📈), impact (🏥), resolved (✅). */
    public static final Marker HEALTH = MarkerFactory.getMarker("HEALTH");
}
