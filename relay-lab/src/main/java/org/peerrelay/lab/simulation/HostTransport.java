package org.peerrelay.lab.simulation;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.peerrelay.id.Identity;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.CloseReason;
import org.peerrelay.message.DropReason;
import org.peerrelay.message.Header;
import org.peerrelay.message.Membership;
import org.peerrelay.message.Message;
import org.peerrelay.message.MessageKind;
import org.peerrelay.message.Pointer;
import org.peerrelay.message.Seal;
import org.peerrelay.message.Tag;
import org.peerrelay.node.Transport;
import org.peerrelay.relay.Link;
import org.peerrelay.relay.LinkFormat;
import org.peerrelay.relay.Verdict;
import org.peerrelay.wire.binary.DatagramLayout;

/** What one node has in the place of sockets. */
final class HostTransport implements Transport {
  /** The wall clock at virtual time 0. */
  private static final long EPOCH_MS = 1_767_225_600_000L;

  /** Nobody checks a signature where there are no bytes; it only takes the room of one. */
  private static final Seal SEAL =
      new Seal(new byte[Identity.PUBLIC_KEY_BYTES], new byte[Identity.SIGNATURE_BYTES]);

  private final Host host;
  private final @Nullable Conduct conduct;

  /** The datagram that the host is about to send; null if it is not watched. */
  private @Nullable Journey watched;

  private long lastIssuedMs;

  HostTransport(Host host, @Nullable Conduct conduct) {
    this.host = host;
    this.conduct = conduct;
  }

  boolean isAttacker() {
    return conduct != null;
  }

  /** Until this is called again, the user's datagrams that go out belong to {@code journey}. */
  void watch(@Nullable Journey journey) {
    watched = journey;
  }

  void onUndeliverable(DropReason reason) {
    if (watched != null) {
      watched.lose(reason.name());
    }
  }

  @Override
  public void dial(String url, @Nullable PeerId expected) {
    new Dialing(host, url, expected).begin();
  }

  @Override
  public void verify(String url, PeerId peer) {
    new Dialing(host, url, peer).verify(peer);
  }

  @Override
  public void close(Link link, CloseReason reason) {
    SimulatedLink end = (SimulatedLink) link;
    if (end.open) {
      end.open = false;
      host.network().after(0, () -> host.onDown(end));
      host.network().reset(end.otherEnd());
    }
  }

  @Override
  public void ping(Link link) {
    host.network().wire().ping((SimulatedLink) link);
  }

  /** Nobody goes down in an orderly way here. */
  @Override
  public void tellGoingDown(Link link, int delayMs) {}

  @Override
  public Pointer pointer(PeerId peer, List<PeerId> relays, int lifetimeS) {
    return new Pointer(peer, relays, issueMs(), lifetimeS, peer.equals(host.id()) ? SEAL : null);
  }

  /** Of two that are made in one millisecond the later has to count too. */
  private long issueMs() {
    long nowMs = EPOCH_MS + TimeUnit.NANOSECONDS.toMillis(host.network().nowNs());
    lastIssuedMs = Math.max(lastIssuedMs + 1, nowMs);
    return lastIssuedMs;
  }

  @Override
  public Membership membership(PeerId swarm, Tag tag, int lifetimeS, boolean leaving) {
    return sealed(swarm, host.id(), issueMs(), lifetimeS, leaving, tag);
  }

  @Override
  public boolean holds(Membership membership) {
    return membership.equals(
        sealed(
            membership.swarm(),
            membership.peer(),
            membership.issued(),
            membership.lifetimeS(),
            membership.leaving(),
            membership.tag()));
  }

  /** With a hash in the place of a signature, so that one that has been changed does not hold. */
  private static Membership sealed(
      PeerId swarm, PeerId peer, long issued, int lifetimeS, boolean leaving, Tag tag) {
    int hash = Objects.hash(swarm, peer, issued, lifetimeS, leaving, tag);
    byte[] signature = ByteBuffer.allocate(Identity.SIGNATURE_BYTES).putInt(hash).array();
    Seal seal = new Seal(new byte[Identity.PUBLIC_KEY_BYTES], signature);
    return new Membership(swarm, peer, issued, lifetimeS, leaving, tag, seal);
  }

  /** When a pointer was issued, in virtual time. */
  static long issuedNs(Pointer pointer) {
    return TimeUnit.MILLISECONDS.toNanos(pointer.issued() - EPOCH_MS);
  }

  @Override
  public void transmit(Header header, Message message, boolean wantsAnswer, Verdict.Forward to) {
    Message said = conduct == null ? message : conduct.instead(message);
    if (said == null) {
      return;
    }
    boolean users = said.kind() == MessageKind.USER;
    Frame frame = Frame.of(header, said, users ? watched : null);
    frame.trail = frame.journey == null ? null : Trail.from(host.number());
    frame.flags =
        (wantsAnswer && users ? DatagramLayout.FLAG_WANTS_ANSWER : 0)
            | (to.second() == null ? 0 : DatagramLayout.FLAG_COPY);
    frame.via = to.via();
    Link second = to.second();
    if (second != null) {
      originate(frame.copy(), second);
    }
    originate(frame, to.first());
  }

  private void originate(Frame frame, Link to) {
    boolean binary = to.format() == LinkFormat.BINARY;
    if (binary || frame.message.kind().isLegacy()) {
      frame.path = binary ? List.of() : List.of(host.id());
      host.network().wire().send((SimulatedLink) to, frame);
    }
  }

  /** Whether a datagram that the node would pass on ends here. */
  boolean swallows(Frame frame) {
    return conduct != null && conduct.swallows(frame);
  }

  /** Sends a datagram of somebody else on, which came in over a link of {@code format}. */
  void pass(Frame frame, LinkFormat format, Link to, @Nullable PeerId via) {
    if (to.format() == LinkFormat.LEGACY) {
      frame.path =
          format == LinkFormat.LEGACY
              ? Forwarding.append(frame.path, host.id())
              : List.of(frame.from, host.id());
    } else if (format == LinkFormat.LEGACY) {
      frame.hopsLeft = Header.MAX_PATH - frame.path.size();
      frame.flags = DatagramLayout.FLAG_UNVERIFIED;
      frame.via = via;
      frame.path = List.of();
    }
    host.network().wire().send((SimulatedLink) to, frame);
  }
}
