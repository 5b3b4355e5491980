package org.peerrelay.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.peerrelay.id.Identity;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.CloseReason;
import org.peerrelay.message.Header;
import org.peerrelay.message.Membership;
import org.peerrelay.message.Message;
import org.peerrelay.message.MessageKind;
import org.peerrelay.message.Pointer;
import org.peerrelay.message.Tag;
import org.peerrelay.node.Transport;
import org.peerrelay.relay.Link;
import org.peerrelay.relay.LinkFormat;
import org.peerrelay.relay.Verdict;
import org.peerrelay.transport.OutboundQueue.Lane;
import org.peerrelay.wire.binary.DatagramLayout;
import org.peerrelay.wire.binary.GoingDown;
import org.peerrelay.wire.binary.MembershipCodec;
import org.peerrelay.wire.binary.PointerCodec;
import org.peerrelay.wire.legacy.LegacyWriter;

/** Moves the bytes of one node over sockets. Any thread. */
final class SocketTransport implements Transport {
  private final Identity identity;
  private final Consumer<Dial> dialer;
  private final LongSupplier wallClockMs;
  private final AtomicLong lastIssued = new AtomicLong();

  /**
   * For the node of {@code identity}.
   *
   * @param dialer dials, and reports what comes of it to the node
   * @param wallClockMs milliseconds since 1970, as the machine has them at the moment
   */
  SocketTransport(Identity identity, Consumer<Dial> dialer, LongSupplier wallClockMs) {
    this.identity = identity;
    this.dialer = dialer;
    this.wallClockMs = wallClockMs;
  }

  @Override
  public void dial(String url, @Nullable PeerId expected) {
    dialer.accept(new Dial(url, expected));
  }

  @Override
  public void verify(String url, PeerId peer) {
    dialer.accept(new Dial(url, peer, true));
  }

  @Override
  public void close(Link link, CloseReason reason) {
    WebSocketLink.of(link).close(reason);
  }

  @Override
  public void ping(Link link) {
    WebSocketLink.of(link).ping();
  }

  @Override
  public void tellGoingDown(Link link, int delayMs) {
    ByteBuf frame = new GoingDown(delayMs).frame(ByteBufAllocator.DEFAULT);
    WebSocketLink.of(link).send(frame, Lane.CONTROL);
  }

  @Override
  public Pointer pointer(PeerId peer, List<PeerId> relays, int lifetimeS) {
    return peer.equals(identity.id())
        ? PointerCodec.sign(identity, relays, issue(), lifetimeS)
        : new Pointer(peer, relays, issue(), lifetimeS, null);
  }

  /**
   * Of two that are made in one millisecond the later has to count too, and of two that are made
   * before and after the clock was set back.
   */
  long issue() {
    return lastIssued.updateAndGet(last -> Math.max(last + 1, wallClockMs.getAsLong()));
  }

  @Override
  public Membership membership(PeerId swarm, Tag tag, int lifetimeS, boolean leaving) {
    return MembershipCodec.sign(identity, swarm, issue(), lifetimeS, leaving, tag);
  }

  @Override
  public boolean holds(Membership membership) {
    return MembershipCodec.holds(membership);
  }

  @Override
  public void transmit(Header header, Message message, boolean wantsAnswer, Verdict.Forward to) {
    Link second = to.second();
    int flags =
        (wantsAnswer && message.kind() == MessageKind.USER ? DatagramLayout.FLAG_WANTS_ANSWER : 0)
            | (second == null ? 0 : DatagramLayout.FLAG_COPY);
    transmit(header, message, flags, to.via(), to.first());
    if (second != null) {
      transmit(header, message, flags, to.via(), second);
    }
  }

  private static void transmit(
      Header header, Message message, int flags, @Nullable PeerId via, Link to) {
    ByteBufAllocator allocator = ByteBufAllocator.DEFAULT;
    boolean binary = to.format() == LinkFormat.BINARY;
    if (!binary && !message.kind().isLegacy()) {
      return; // who waits for an answer gets none
    }
    ByteBuf frame =
        binary
            ? DatagramLayout.frame(allocator, header, flags, DatagramLayout.MAX_HOPS, via, message)
            : LegacyWriter.originate(allocator, header, message);
    Lane lane = message.kind().isBulk() ? Lane.DATAGRAM : Lane.CONTROL;
    WebSocketLink.of(to).send(frame, lane);
  }
}
