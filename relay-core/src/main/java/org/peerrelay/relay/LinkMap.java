package org.peerrelay.relay;

import org.peerrelay.id.KeyedHash;
import org.peerrelay.id.PeerId;

/** Links by the ids of their neighbours. The control loop writes, any thread reads. */
final class LinkMap extends IdTable<Link> {
  LinkMap(KeyedHash hash) {
    super(hash);
  }

  @Override
  PeerId idOf(Link link) {
    return link.peer();
  }
}
