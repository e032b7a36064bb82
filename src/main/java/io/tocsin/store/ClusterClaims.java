package io.tocsin.store;

import static io.tocsin.store.Claims.Thing.CLUSTER;

import io.tocsin.model.Text;
import java.util.concurrent.CompletionStage;

/** Takes monitored clusters over for this process, with all that is known of their alerts, and gives them back. */
final class ClusterClaims {
    private final Claims claims;
    private final Holdings holdings;
    private final Writer writer;
    private final Reader reader;
    private final Rows rows;
    private final Outage outage;

    ClusterClaims(Claims claims, Holdings holdings, Writer writer, Reader reader, Rows rows, Outage outage) {
        this.claims = claims;
        this.holdings = holdings;
        this.writer = writer;
        this.reader = reader;
        this.rows = rows;
        this.outage = outage;
    }

    /** Blocks. */
    Restored claim(String cluster) {
        String what = "taking cluster " + Text.clean(cluster) + " over";
        Claims.Allowed allowed = claims.alone() ? null : allowed(what, cluster);
        long epoch = Await.of(writer.run(what, c -> claims.take(c, CLUSTER, cluster, allowed)), what);
        holdings.claimed(CLUSTER, cluster, epoch);
        // from that commit on nobody but this process writes to the cluster, and it only once it knows what there is:
        // so
        // that can be read apart, and however much it is, the writer goes on beating
        return reader.read(what, h -> Takeover.of(h, cluster, epoch)).decoded(rows);
    }

    private Claims.Allowed allowed(String what, String cluster) {
        if (outage.lasts()) {
            throw new StoreException(what + " failed: " + FailOpen.AWAY, null);
        }
        return reader.read(what, h -> claims.allowed(h, CLUSTER, cluster));
    }

    CompletionStage<Void> release(String cluster, long epoch) {
        return writer.run(
                        "giving cluster " + Text.clean(cluster) + " back",
                        c -> Claims.giveBack(c, CLUSTER, cluster, epoch))
                .thenAccept(any -> holdings.released(CLUSTER, cluster, epoch));
    }
}
