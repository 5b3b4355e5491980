package org.peerrelay.transport;

import io.netty.channel.Channel;
import io.netty.channel.group.ChannelGroup;
import java.util.function.Supplier;
import org.peerrelay.access.Access;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.CloseReason;
import org.peerrelay.node.RelayNode;
import org.peerrelay.overlay.ConnectFailure;
import org.peerrelay.relay.Counters;
import org.peerrelay.relay.Router;

/** What the handlers of a connection need of the node that it belongs to. */
record LinkHost(
    PeerId self,
    Openings openings,
    RelayNode node,
    Inbox inbox,
    TransportConfig config,
    ChannelGroup channels,
    LinkRegistry links,
    Access access,
    Supplier<ConnectionLimits> limits,
    Admission admission) {
  Router router() {
    return node.router();
  }

  Counters counters() {
    return node.counters();
  }

  /**
   * Whether the client of a connection that has come in is at a denied address, so that it is to be
   * closed; that has been counted.
   */
  boolean denies(Channel channel) {
    boolean denied = access.denies(Newcomers.address(channel));
    if (denied) {
      counters().countClosed(CloseReason.NOT_ALLOWED);
    }
    return denied;
  }

  /** A dial has ended without a link; {@code met} if it was only to show who answers, and did. */
  void report(Dial ended, boolean met, ConnectFailure failure) {
    PeerId expected = ended.expected();
    inbox.post(
        nowNs -> {
          if (ended.check() && expected != null) {
            node.onVerified(ended.url(), expected, met, nowNs);
          } else {
            node.onDialFailed(ended.url(), expected, failure, nowNs);
          }
        });
  }
}
