package io.tocsin.membership;

import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.cluster.MembershipListener;
import io.tocsin.bus.LogFamily;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One line for every process that comes or goes. */
final class MembershipLog implements MembershipListener {
    private static final Logger log = LoggerFactory.getLogger(Members.class);

    @Override
    public void memberAdded(MembershipEvent event) {
        log.info(
                LogFamily.SUCCESS,
                "★ {} joins the cluster: {} members",
                Members.place(event.getMember()),
                event.getMembers().size());
    }

    @Override
    public void memberRemoved(MembershipEvent event) {
        log.warn(
                LogFamily.FAILURE,
                "💀 {} left the cluster: {} remain",
                Members.place(event.getMember()),
                event.getMembers().size());
    }
}
