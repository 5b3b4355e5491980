package org.peerrelay.node;

import java.nio.ByteBuffer;
import java.util.Objects;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.Membership;
import org.peerrelay.message.Seal;
import org.peerrelay.message.Tag;

/**
 * Memberships of nodes that have no keys. The signature is a hash of what is signed, so that what
 * has been changed does not hold.
 */
final class FakeMemberships {
  private FakeMemberships() {}

  static Membership sign(
      PeerId peer, PeerId swarm, long issued, int lifetimeS, boolean leaving, Tag tag) {
    int hash = Objects.hash(peer, swarm, issued, lifetimeS, leaving, tag);
    Seal seal = new Seal(peer.toBytes(), ByteBuffer.allocate(4).putInt(hash).array());
    return new Membership(swarm, peer, issued, lifetimeS, leaving, tag, seal);
  }

  static boolean holds(Membership membership) {
    Membership expected =
        sign(
            membership.peer(),
            membership.swarm(),
            membership.issued(),
            membership.lifetimeS(),
            membership.leaving(),
            membership.tag());
    return expected.equals(membership);
  }
}
