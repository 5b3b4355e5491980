package org.peerrelay.transport;

import io.netty.channel.Channel;
import java.net.InetAddress;
import org.peerrelay.access.Access;
import org.peerrelay.access.Newcomer;
import org.peerrelay.message.CloseReason;

/**
 * Closes the connections of those whom a node's lists do not let in any more, once these have
 * changed. Any thread.
 *
 * @param host the node
 */
record AccessSweep(LinkHost host) {
  /**
   * Looks at all connections there are.
   *
   * @return how many are closed
   */
  int closeShutOut() {
    int closing = 0;
    for (Channel channel : host.channels()) {
      LinkHandler handler = channel.pipeline().get(LinkHandler.class);
      if (handler != null) {
        if (!host.access().isListed(Newcomers.of(channel, handler.link()))) {
          handler.link().close(CloseReason.NOT_ALLOWED);
          closing++;
        }
      } else if (isShutOut(channel)) {
        host.counters().countClosed(CloseReason.NOT_ALLOWED);
        channel.close();
        closing++;
      }
    }
    return closing;
  }

  /**
   * Whether nobody may come over a connection that is no link. One that is to become a link is
   * judged when its peer is known; one of a proxy has requests of many clients, unless one of them
   * has it for a stream.
   */
  private boolean isShutOut(Channel channel) {
    Access access = host.access();
    InetAddress address = Newcomers.address(channel);
    boolean ofMany = ClientAddress.isTrusted(channel) && !ClientAddress.isNamed(channel);
    return access.denies(address)
        || (PlainHttpGate.isPlain(channel.pipeline())
            && !ofMany
            && !access.isListed(Newcomer.unnamed(address, null)));
  }
}
