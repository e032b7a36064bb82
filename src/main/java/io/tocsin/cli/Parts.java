package io.tocsin.cli;

import io.tocsin.config.Settings;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What the commands need of the rest of the product; handed in by the root, each part loaded when it is first called.
 *
 * @param appliance runs the appliance, for {@code run}
 * @param rules checks rules, for {@code check}
 * @param scenarios runs scenario files, for {@code test}
 * @param engine measures the engine, for {@code bench engine}
 * @param replays replays a past, for {@code replay}
 * @param cluster measures three members, for {@code bench cluster}
 * @param catalogue reads rules, for {@code rules}
 * @param accounts reads and changes files of accounts, for {@code user} and {@code token}
 */
public record Parts(
        Appliance appliance,
        Rules rules,
        Scenarios scenarios,
        Engine engine,
        Replays replays,
        Cluster cluster,
        Catalogue catalogue,
        Supplier<AccountFiles> accounts) {

    /** Runs the appliance. */
    @FunctionalInterface
    public interface Appliance {
        /**
         * Starts and returns when it has ended.
         *
         * @param settings the configuration
         * @param warnings what is worth a look about it, a line each
         * @param look how its log looks
         * @return the exit code
         */
        int run(Settings settings, List<String> warnings, Look look) throws Exception;
    }

    /**
     * How output looks.
     *
     * @param colour whether stdout takes colours
     * @param json whether it is JSON, for machines
     * @param quiet whether only what must be said is said
     */
    public record Look(boolean colour, boolean json, boolean quiet) {}

    /** Loads and checks rules without running them. */
    @FunctionalInterface
    public interface Rules {
        /** What is found in a folder of rules. */
        Checked check(Path folder) throws Exception;
    }

    /**
     * What a check of rules found.
     *
     * @param found every problem, files named from the folder on
     * @param files how many rule files there are
     * @param rules how many rules they hold
     * @param named what rules name that is no part of them
     */
    public record Checked(List<Found> found, int files, int rules, List<Named> named) {}

    /** What kinds of things rules name that are no part of them. */
    public enum Kind {
        /** The receiver of a route. */
        ROUTE,
        /** Whom an escalation tells. */
        ESCALATION,
        /** Where to read what to do. */
        RUNBOOK
    }

    /**
     * One thing that a rule names.
     *
     * @param kind what it is
     * @param name the name; empty where a rule takes it from its facts
     * @param file the file as it is shown
     * @param line the line, from 1
     * @param column the column, from 1
     */
    public record Named(Kind kind, String name, String file, int line, int column) {}

    /** Reads rules without checking them. */
    @FunctionalInterface
    public interface Catalogue {
        /** What can be read of a folder. */
        Listed list(Path folder) throws Exception;
    }

    /**
     * The rules of a folder.
     *
     * @param rules each that can be read, by file and line
     * @param unreadable what is wrong with the rest
     */
    public record Listed(List<Rule> rules, List<Found> unreadable) {}

    /**
     * One rule.
     *
     * @param name its name
     * @param file its file, from the folder on
     * @param line the line where it begins, from 1
     * @param doc the comment above it; empty if there is none
     * @param text as it is written
     * @param drl in the language of rules; differs from the text for a row of a table
     */
    public record Rule(String name, String file, int line, String doc, String text, String drl) {
        /** {@code file:line}. */
        public String place() {
            return file + ":" + line;
        }
    }

    /**
     * One problem.
     *
     * @param file the file as it is shown
     * @param line the line, from 1
     * @param column the column, from 1
     * @param what what is wrong
     * @param hint what is allowed or what to do; may be empty
     * @param warning whether it is worth a look only
     */
    public record Found(String file, int line, int column, String what, String hint, boolean warning) {}

    /** Runs scenario files. */
    @FunctionalInterface
    public interface Scenarios {
        /**
         * Runs them and prints expected and got on a time line.
         *
         * @param wanted what to run
         * @param terminal where to print
         * @param look how
         * @return the exit code
         */
        int run(Wanted wanted, Terminal terminal, Look look) throws Exception;
    }

    /**
     * Which scenarios are to be run, and how.
     *
     * @param paths scenario files or folders, at least one
     * @param rules the rules folder; null for the one of the paths
     * @param cases words of which a case's name has one; empty for all cases
     * @param junit a file or a folder for JUnit XML; null for none
     * @param watch whether to run again whenever a file is saved
     * @param verbose whether to print the time line of every case
     */
    public record Wanted(List<Path> paths, Path rules, List<String> cases, Path junit, boolean watch, boolean verbose) {
        public Wanted {
            paths = List.copyOf(paths);
            cases = List.copyOf(cases);
        }
    }

    /** Measures the engine. */
    @FunctionalInterface
    public interface Engine {
        /**
         * Measures and prints.
         *
         * @param seconds how long each measurement takes, seconds
         * @param series how many series there are
         * @param terminal where to print
         * @param look how
         * @return the exit code
         */
        int run(int seconds, int series, Terminal terminal, Look look) throws Exception;
    }

    /** Measures three members. */
    @FunctionalInterface
    public interface Cluster {
        /**
         * Starts them, measures, prints, and stops them.
         *
         * @param plan what to measure
         * @param terminal where to print
         * @param look how
         * @return the exit code
         */
        int run(Plan plan, Terminal terminal, Look look) throws Exception;
    }

    /** What can be measured of three members. */
    public enum ClusterPart {
        /** Their owner is killed. */
        TAKEOVER,
        /** Their owner freezes. */
        FREEZE,
        /** Their owner is stopped in good order. */
        HANDOVER,
        /** How much they take, and what passing on costs. */
        THROUGHPUT
    }

    /**
     * What to measure of three members.
     *
     * @param settings the configuration, of which the store counts
     * @param parts what is measured, in this order
     * @param kills how often an owner is killed
     * @param freezes how often one freezes
     * @param handovers how often one is stopped
     * @param seconds how long each measurement of what they take takes, seconds
     */
    public record Plan(Settings settings, Set<ClusterPart> parts, int kills, int freezes, int handovers, int seconds) {}

    /** Replays a past through rules. */
    @FunctionalInterface
    public interface Replays {
        /**
         * Replays and prints.
         *
         * @param past what to replay, and how
         * @param terminal where to print
         * @param look how
         * @return the exit code
         */
        int run(Past past, Terminal terminal, Look look) throws Exception;
    }

    /**
     * What to replay.
     *
     * @param files recordings, folders of them, or files of others
     * @param rules the rules in question
     * @param against the rules to compare them against; null for none
     * @param html where to write a report for a browser; null for nowhere
     */
    public record Past(List<Path> files, Path rules, Path against, Path html) {}
}
