package io.tocsin.collect.probe;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * One entry of {@code collect.probes}: a question asked again and again, which gives a {@code health_check} and the
 * {@code component_health} of its component.
 *
 * @param name the probe's name, which is the check's
 * @param cluster the monitored cluster
 * @param node the node it looks at
 * @param component the component it looks at
 * @param target what is asked
 * @param every how often
 * @param timeout when it counts as timed out
 */
public record ProbeSettings(
        String name, String cluster, String node, String component, Target target, Duration every, Duration timeout) {

    /** What a probe asks. */
    public sealed interface Target {}

    /**
     * A GET of an address.
     *
     * @param url {@code http} or {@code https}
     * @param status the status it must answer, 0 for any of 200 to 299
     * @param body a regular expression that must be found in the body; null for none
     */
    public record Http(URI url, int status, String body) implements Target {}

    /** A connection to a port. */
    public record Tcp(String host, int port) implements Target {}

    /** A name that must resolve; {@code expect} is an address that must be among the answers, null for any. */
    public record Dns(String name, String expect) implements Target {}

    /** A command, not run by a shell, that must exit with 0. */
    public record Command(List<String> words) implements Target {
        public Command {
            words = List.copyOf(words);
        }
    }
}
