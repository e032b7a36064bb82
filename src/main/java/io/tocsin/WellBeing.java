package io.tocsin;

import io.tocsin.bus.LogFamily;
import io.tocsin.membership.MemberState;
import io.tocsin.membership.Members;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the other members how this one stands. One whose lanes are in trouble gives what it has to the others, as long as
 * there are any, and takes part again once it has been well for a while.
 */
final class WellBeing {
    private static final Logger LOG = LoggerFactory.getLogger(WellBeing.class);

    /** So many looks in a row have to find it well: what comes and goes must not have clusters move to and fro. */
    private static final int WELL = 10;

    private final Members members;
    private final Supplier<Optional<String>> trouble;
    private String ruleHash;
    private MemberState state = MemberState.STARTING;
    private int well;

    /**
     * Nothing is said yet.
     *
     * @param ruleHash the rules in force
     * @param trouble why somebody should start this process anew; empty if nobody need
     */
    WellBeing(Members members, String ruleHash, Supplier<Optional<String>> trouble) {
        this.members = members;
        this.ruleHash = ruleHash;
        this.trouble = trouble;
    }

    /** It takes part from now on. */
    synchronized Future<Void> begin() {
        state = MemberState.READY;
        return members.announce(ruleHash, state);
    }

    /** Other rules are in force. */
    synchronized void rules(String hash) {
        ruleHash = hash;
        if (state != MemberState.STARTING) {
            members.announce(hash, state);
        }
    }

    /** To be called once a second. */
    synchronized void look() {
        Optional<String> reason = trouble.get();
        if (reason.isPresent()) {
            well = 0;
            if (state == MemberState.READY) {
                become(MemberState.AILING);
                LOG.error(
                        LogFamily.FAILURE,
                        "❌ this member is not well, others take over what it has, if there are any: {}",
                        reason.get());
            }
        } else if (state == MemberState.AILING && ++well >= WELL) {
            become(MemberState.READY);
            LOG.info(LogFamily.SUCCESS, "★ this member is well again and takes part");
        }
    }

    /** It is about to leave; the others may begin to take over. */
    synchronized Future<Void> leave() {
        state = MemberState.DRAINING;
        return members.announce(ruleHash, state);
    }

    private void become(MemberState next) {
        state = next;
        members.announce(ruleHash, next);
    }
}
