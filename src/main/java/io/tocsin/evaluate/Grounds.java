package io.tocsin.evaluate;

import io.tocsin.model.Finding;
import java.util.ArrayList;
import java.util.List;
import org.drools.tms.LogicalDependency;
import org.drools.tms.SimpleMode;
import org.drools.tms.agenda.TruthMaintenanceSystemInternalMatch;
import org.drools.tms.beliefsystem.simple.SimpleBeliefSet;
import org.kie.api.runtime.rule.Match;

/**
 * The matches that a finding rests on at present, as the engine's truth maintenance keeps them.
 *
 * @param beliefs one for each match
 */
record Grounds(SimpleBeliefSet beliefs) {

    /** Of each finding that a match comes to. */
    static List<Grounds> of(Match match) {
        List<Grounds> found = new ArrayList<>(1);
        if (match instanceof TruthMaintenanceSystemInternalMatch<?> justifier
                && justifier.getLogicalDependencies() != null) {
            LogicalDependency<?> one = justifier.getLogicalDependencies().getFirst();
            for (; one != null; one = one.getNext()) {
                if (one.getJustified() instanceof SimpleBeliefSet beliefs
                        && beliefs.getFactHandle().getObject() instanceof Finding) {
                    found.add(new Grounds(beliefs));
                }
            }
        }
        return found;
    }

    Finding finding() {
        return (Finding) beliefs.getFactHandle().getObject();
    }

    boolean several() {
        return beliefs.size() > 1;
    }

    List<Match> matches() {
        List<Match> matches = new ArrayList<>(beliefs.size());
        for (SimpleMode one = beliefs.getFirst(); one != null; one = one.getNext()) {
            matches.add(one.getObject().getJustifier());
        }
        return matches;
    }
}
