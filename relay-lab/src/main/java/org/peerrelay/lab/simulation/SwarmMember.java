package org.peerrelay.lab.simulation;

import java.util.HashSet;
import java.util.Set;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.Membership;
import org.peerrelay.message.Payload;
import org.peerrelay.swarm.SwarmListener;

/** A leaf in the simulated swarm: it takes note of whom it knows, and tells the watch. */
final class SwarmMember implements SwarmListener {
  private final SwarmWatch watch;
  private final Host host;
  private final Set<PeerId> known = new HashSet<>();

  SwarmMember(SwarmWatch watch, Host host) {
    this.watch = watch;
    this.host = host;
  }

  Host host() {
    return host;
  }

  /** The others that it knows. */
  Set<PeerId> known() {
    return known;
  }

  @Override
  public void onJoined() {}

  @Override
  public void onJoin(Membership membership, long nowNs) {
    known.add(membership.peer());
    watch.onHeard(SwarmWatch.Kind.JOIN, membership.peer(), host.id(), nowNs);
  }

  @Override
  public void onLeave(PeerId peer, long nowNs) {
    known.remove(peer);
    watch.onLeaveHeard(peer, host.id(), nowNs);
  }

  @Override
  public void onData(PeerId from, long channel, Payload payload, long nowNs) {
    watch.onHeard(SwarmWatch.Kind.CAST, from, host.id(), nowNs);
  }

  @Override
  public void onTick(long nowNs) {}

  @Override
  public void onLeft() {}
}
