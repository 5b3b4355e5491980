package org.peerrelay;

import java.util.HashMap;
import java.util.Map;
import org.peerrelay.id.Identity;
import org.peerrelay.id.PeerId;
import org.peerrelay.swarm.MemberConfig;
import org.peerrelay.swarm.SwarmKey;
import org.peerrelay.transport.SwarmGate;

/** The swarms of a peer that are open, each as often as the application has asked for it. */
final class Swarms {
  private static final class Open {
    final Swarm swarm;
    int uses;

    Open(Swarm swarm) {
      this.swarm = swarm;
    }
  }

  private final Identity identity;
  private final SwarmGate gate;
  private final Map<PeerId, Open> byId = new HashMap<>();

  Swarms(Identity identity, SwarmGate gate) {
    this.identity = identity;
    this.gate = gate;
  }

  /** The swarm of {@code key}, which is joined if it is not open. */
  synchronized Swarm open(SwarmKey key) {
    PeerId id = key.swarm();
    Open open = byId.get(id);
    if (open == null) {
      int max = MemberConfig.DEFAULT.maxSwarms();
      if (byId.size() >= max) {
        throw new IllegalStateException("swarms: " + max + " joined (expected: fewer)");
      }
      open = new Open(new Swarm(key, identity, gate, this));
      byId.put(id, open);
      open.swarm.join();
    }
    open.uses++;
    return open.swarm;
  }

  /** One of those who have asked for {@code swarm} does not need it any more. */
  synchronized void close(Swarm swarm) {
    Open open = byId.get(swarm.id());
    if (open != null && open.swarm == swarm && --open.uses == 0) {
      byId.remove(swarm.id());
      swarm.leave();
    }
  }
}
