package org.peerrelay.overlay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.Arrival;
import org.peerrelay.message.Header;
import org.peerrelay.message.Message;
import org.peerrelay.message.Provenance;
import org.peerrelay.relay.Link;
import org.peerrelay.relay.Router;
import org.peerrelay.relay.RouterConfig;
import org.peerrelay.relay.Verdict;

/** One overlay in virtual time, with its effects on record. */
final class OverlayBench {
  static final long TICK_NS = TimeUnit.MILLISECONDS.toNanos(100);

  final PeerId self;
  final OverlayConfig config;
  final Random random;
  final RecordingEffects effects = new RecordingEffects();
  final Router router;
  final Overlay overlay;
  long nowNs;
  private long nonce;

  OverlayBench(OverlayConfig config, long seed) {
    // Clocks start anywhere, below zero too.
    this(config, seed, new Random(seed).nextLong());
  }

  OverlayBench(OverlayConfig config, long seed, long startNs) {
    this(
        config,
        config.equals(OverlayConfig.LEAF) ? RouterConfig.LEAF : RouterConfig.RELAY,
        seed,
        startNs);
  }

  /** One that passes on what is for others, or not, as {@code routing} says. */
  OverlayBench(OverlayConfig config, RouterConfig routing, long seed, long startNs) {
    this.config = config;
    this.random = new Random(seed);
    this.self = PeerId.random(random);
    this.router = new Router(self, routing, random);
    this.overlay = new Overlay(self, config, router, random, effects);
    this.nowNs = startNs;
  }

  private static Arrival arrival(PeerId from) {
    return new Arrival(from, 1, from, 1, Provenance.UNVERIFIED, false);
  }

  PeerId stranger() {
    return PeerId.random(random);
  }

  /** An id that is smaller than ours, or larger. */
  PeerId stranger(boolean smaller) {
    PeerId id = stranger();
    while (id.compareTo(self) < 0 != smaller) {
      id = stranger();
    }
    return id;
  }

  void tick() {
    nowNs += TICK_NS;
    overlay.onTick(nowNs);
    router.refresh();
  }

  void tickFor(long durationNs) {
    for (long end = nowNs + durationNs; nowNs - end < 0; ) {
      tick();
    }
  }

  /** A link that a node of this project has made: it has been told who we are. */
  TestLink linkFrom(PeerId peer) {
    TestLink link = linkFromNpm(peer);
    link.introduced();
    return link;
  }

  /** A link that an npm peer has made, or that we have: it is told who we are if we accept it. */
  TestLink linkFromNpm(PeerId peer) {
    return new TestLink(peer, null, nowNs);
  }

  TestLink linkTo(PeerId peer, String url) {
    return new TestLink(peer, url, nowNs);
  }

  /** Tells of a new link; whether it is accepted. */
  boolean up(TestLink link) {
    boolean accepted = overlay.onLinkUp(link, nowNs);
    if (accepted) {
      link.introduced();
    }
    router.refresh();
    return accepted;
  }

  void down(Link link) {
    overlay.onLinkDown(link, nowNs);
    router.refresh();
  }

  /** A leaf with a link here. */
  TestLink leaf() {
    TestLink link = linkFrom(stranger());
    assertTrue(up(link));
    return link;
  }

  /** A relay with a link here. */
  TestLink relay() {
    PeerId peer = stranger();
    TestLink link = linkTo(peer, "ws://relay.example/" + peer);
    assertTrue(up(link));
    return link;
  }

  /** What {@code link}'s peer itself says to us. */
  void says(TestLink link, Message message) {
    link.heard(nowNs);
    Header header = new Header(self, link.peer(), nonce++, message.kind(), List.of(link.peer()));
    assertEquals(new Verdict.Deliver(), router.route(header, message, link, nowNs));
    router.refresh();
    overlay.onMessage(arrival(link.peer()), message, nowNs);
  }

  /** What a distant peer says to us. */
  void says(PeerId from, Message message) {
    overlay.onMessage(arrival(from), message, nowNs);
  }

  void answers(PeerId from, @Nullable String url) {
    says(from, new Message.HandshakeAnswer(url, false));
  }

  /** Keeps every link alive while time goes by. */
  void tickForWhileAllTalk(long durationNs) {
    for (long end = nowNs + durationNs; nowNs - end < 0; ) {
      router.links().forEach(link -> ((TestLink) link).heard(nowNs));
      tick();
    }
  }
}
