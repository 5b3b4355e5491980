package org.peerrelay.daemon.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** By when something must have happened on a connection. Owned by the connection's event loop. */
final class Deadline {
  private final HttpCounters counters;
  private @Nullable Future<?> pending;

  Deadline(HttpCounters counters) {
    this.counters = counters;
  }

  /** Closes the connection after {@code afterNs}, and counts why, in place of what was set. */
  void close(ChannelHandlerContext ctx, long afterNs, String reason) {
    set(
        ctx,
        afterNs,
        () -> {
          counters.countRefused(reason);
          ctx.close();
        });
  }

  /** Closes the connection after {@code afterNs}, as it is meant to, in place of what was set. */
  void close(ChannelHandlerContext ctx, long afterNs) {
    set(ctx, afterNs, ctx::close);
  }

  private void set(ChannelHandlerContext ctx, long afterNs, Runnable task) {
    cancel();
    pending = ctx.executor().schedule(task, afterNs, TimeUnit.NANOSECONDS);
  }

  /** Lets everything take its time. */
  void cancel() {
    if (pending != null) {
      pending.cancel(false);
      pending = null;
    }
  }
}
