package org.peerrelay.overlay;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.Message;
import org.peerrelay.message.Pointer;
import org.peerrelay.message.Seal;
import org.peerrelay.relay.Link;
import org.peerrelay.relay.Router;
import org.peerrelay.relay.RouterConfig;

/** What a node knows of where peers are, in virtual time, its effects on record. */
final class WhereaboutsBench {
  static final PeerId SELF = id(0x5e1f);
  static final int COPIES = 3;
  static final PointerConfig CONFIG =
      new PointerConfig(
          900,
          TimeUnit.MINUTES.toNanos(5),
          TimeUnit.SECONDS.toNanos(75),
          List.of(0),
          60,
          TimeUnit.SECONDS.toNanos(2),
          10,
          4,
          TimeUnit.MILLISECONDS.toNanos(11));

  private static final Seal SEAL = new Seal(new byte[32], new byte[64]);

  final RecordingEffects effects = new RecordingEffects();
  final Router router;
  final Whereabouts whereabouts;
  final Set<Link> leaving = new HashSet<>();
  long nowNs = new Random(3).nextLong();

  WhereaboutsBench(boolean relays) {
    this(relays, CONFIG);
  }

  WhereaboutsBench(boolean relays, PointerConfig config) {
    router =
        new Router(
            SELF,
            new RouterConfig(1_000, 60_000_000_000L, 100, 1_000, COPIES, relays),
            new Random(1));
    whereabouts = new Whereabouts(SELF, relays, config, router, effects, leaving::contains);
  }

  /** Ids of a small number are the nearer to one another, the fewer high bits they differ in. */
  static PeerId id(long number) {
    return new PeerId(number << 32, 0, 0);
  }

  /** A pointer that its peer has made, or so the codec has found. */
  static Pointer signed(PeerId peer, long issued, PeerId... relays) {
    return new Pointer(peer, List.of(relays), issued, CONFIG.lifetimeS(), SEAL);
  }

  /** A pointer as {@link RecordingEffects} make it. */
  Pointer unsigned(PeerId peer, PeerId... relays) {
    return effects.pointer(peer, List.of(relays), CONFIG.lifetimeS());
  }

  private TestLink linked(TestLink link) {
    router.attach(link);
    router.refresh();
    whereabouts.onLinked(link, nowNs);
    return link;
  }

  TestLink inside(PeerId peer) {
    TestLink link = TestLink.binary(peer, null, nowNs);
    link.sawInside("ws://relay.example/" + peer);
    router.admit(link);
    linked(link);
    whereabouts.onAdmitted(link, nowNs);
    return link;
  }

  TestLink outside(PeerId peer) {
    TestLink link = TestLink.binary(peer, null, nowNs);
    link.sawRelaying();
    return linked(link);
  }

  TestLink leaf(PeerId peer) {
    return linked(TestLink.binary(peer, null, nowNs));
  }

  TestLink legacy(PeerId peer) {
    return linked(new TestLink(peer, null, nowNs));
  }

  TestLink legacyRelay(PeerId peer) {
    return linked(new TestLink(peer, "ws://relay.example", nowNs));
  }

  /** A datagram of this node's own comes back over {@code link}. */
  void echo(TestLink link) {
    whereabouts.onEcho(link.peer(), nowNs);
  }

  void unlink(TestLink link) {
    router.detach(link);
    router.refresh();
    whereabouts.onUnlinked(link, nowNs);
  }

  void publishes(TestLink neighbour, Pointer pointer, boolean copy) {
    publishes(neighbour, pointer, copy, 0);
  }

  void publishes(TestLink neighbour, Pointer pointer, boolean copy, int attempt) {
    publishes(neighbour, pointer, copy, attempt, 0);
  }

  void publishes(TestLink neighbour, Pointer pointer, boolean copy, int attempt, int ageS) {
    Message.Publish publish = new Message.Publish(pointer, copy, ageS);
    whereabouts.onPublish(neighbour.peer(), publish, attempt, nowNs);
  }

  void tick() {
    whereabouts.onTick(nowNs);
  }

  void tickFor(long durationNs) {
    for (long end = nowNs + durationNs; nowNs - end < 0; ) {
      nowNs += TimeUnit.SECONDS.toNanos(1);
      tick();
    }
  }

  /** Where datagrams for {@code peer} would go. */
  @Nullable PeerId relayOf(PeerId peer) {
    return router.pointers().relayOf(peer, nowNs);
  }
}
