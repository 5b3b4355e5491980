package org.peerrelay.transport;

import io.netty.channel.group.ChannelGroup;
import org.peerrelay.id.PeerId;
import org.peerrelay.node.RelayNode;
import org.peerrelay.relay.Counters;
import org.peerrelay.relay.Router;

/** What the handlers of a connection need of the node that it belongs to. */
record LinkHost(
    PeerId self,
    Openings openings,
    RelayNode node,
    Inbox inbox,
    TransportConfig config,
    ChannelGroup channels) {
  Router router() {
    return node.router();
  }

  Counters counters() {
    return node.counters();
  }
}
