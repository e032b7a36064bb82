package io.tocsin.cli;

import io.tocsin.config.Settings;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * What the commands need of the rest of the product; handed in by the root, each part loaded when it is first called.
 *
 * @param appliance runs the appliance, for {@code run}
 * @param rules checks rules, for {@code check}
 * @param scenarios runs scenario files, for {@code test}
 * @param engine measures the engine, for {@code bench engine}
 */
public record Parts(Appliance appliance, Rules rules, Scenarios scenarios, Engine engine) {

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
     * @param receivers the receivers that routing rules and escalations name
     */
    public record Checked(List<Found> found, int files, int rules, Set<String> receivers) {}

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
}
