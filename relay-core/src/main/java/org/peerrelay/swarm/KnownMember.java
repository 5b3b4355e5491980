package org.peerrelay.swarm;

import java.util.concurrent.TimeUnit;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.Membership;
import org.peerrelay.message.SwarmRecord;

/** What a relay knows of one member of one swarm. Owned by the {@link SwarmMembers} it is in. */
final class KnownMember {
  private Membership membership;
  private PeerId home;
  private boolean gone;
  private long endsNs;

  KnownMember(Membership membership, PeerId home, boolean gone, long endsNs) {
    this.membership = membership;
    this.home = home;
    this.gone = gone;
    this.endsNs = endsNs;
  }

  void renew(Membership newer, PeerId newHome, boolean isGone, long newEndNs) {
    membership = newer;
    home = newHome;
    gone = isGone;
    endsNs = newEndNs;
  }

  void lose() {
    gone = true;
  }

  /** Has not said in time that it is there; is remembered for a while. */
  void end(long newEndNs) {
    gone = true;
    endsNs = newEndNs;
  }

  Membership membership() {
    return membership;
  }

  PeerId peer() {
    return membership.peer();
  }

  /** The relay that it is attached to, or was. */
  PeerId home() {
    return home;
  }

  /**
   * One that is not is kept until its end, so that nobody brings it back with what it once said.
   */
  boolean isPresent() {
    return !gone && !membership.leaving();
  }

  boolean hasEnded(long nowNs) {
    return nowNs - endsNs >= 0;
  }

  SwarmRecord record(long nowNs) {
    long leftS = TimeUnit.NANOSECONDS.toSeconds(Math.max(0, endsNs - nowNs));
    int ageS =
        (int) Math.max(0, Math.min(membership.lifetimeS() - leftS, membership.lifetimeS() - 1));
    return new SwarmRecord(membership, home, ageS, gone);
  }
}
