package io.tocsin.notify;

import io.vertx.core.Future;

/**
 * Asked when all is ready and before anything is sent: whether it is still this member that tells the receiver. It may have
 * stood still since it decided to.
 */
public interface LastLook {
    /** Always: nobody else could. */
    LastLook NOBODY_ELSE = () -> Future.succeededFuture(true);

    /** Whether this member tells the receiver; a failure is no yes. */
    Future<Boolean> stillMine();
}
