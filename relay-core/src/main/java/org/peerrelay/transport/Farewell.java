package org.peerrelay.transport;

import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * The end of a connection that is closed politely: the close frame has been sent or waits to be,
 * and the other end is expected to answer it and to hang up. A socket that is closed before that,
 * while something unread has come in, resets the connection and takes with it what is still on its
 * way out. Event loop only.
 */
final class Farewell {
  private Farewell() {}

  /** Closes {@code channel} in {@code delayNs}, if it is still open then. */
  static void endsWithin(Channel channel, long delayNs) {
    Future<?> timer =
        channel.eventLoop().schedule(() -> channel.close(), delayNs, TimeUnit.NANOSECONDS);
    channel.closeFuture().addListener(closed -> timer.cancel(false));
  }
}
