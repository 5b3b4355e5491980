package org.peerrelay.overlay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.CloseReason;
import org.peerrelay.message.Message;
import org.peerrelay.overlay.RecordingEffects.Close;
import org.peerrelay.overlay.RecordingEffects.Dial;
import org.peerrelay.overlay.RecordingEffects.Send;
import org.peerrelay.relay.Link;

/**
 * An overlay among peers that do anything at any time, honest or not, and a bookkeeper beside it
 * who knows what must hold after every step.
 */
final class RandomWorld {
  private static final int PEERS = 60;
  private static final long LATEST_CONNECT_NS = TimeUnit.SECONDS.toNanos(30);

  private final OverlayConfig config;
  private final OverlayBench bench;
  private final Random random;
  private final List<PeerId> peers = new ArrayList<>();
  private final List<String> bootstraps = List.of("ws://b0.example", "ws://b1.example");

  private final Map<PeerId, TestLink> linked = new HashMap<>();
  private final Set<TestLink> silent = new HashSet<>();
  private final Set<Link> closing = new LinkedHashSet<>();
  private final List<Dial> dialing = new ArrayList<>();
  private final Map<PeerId, Long> connectingSinceNs = new HashMap<>();
  private final Set<PeerId> offered = new HashSet<>();

  /** Those that the application has asked for are offered a link once more. */
  private final Set<PeerId> offeredAgain = new HashSet<>();

  RandomWorld(OverlayConfig config, long seed) {
    this.config = config;
    this.bench = new OverlayBench(config, seed);
    this.random = bench.random;
    for (int i = 0; i < PEERS; i++) {
      peers.add(bench.stranger());
    }
    bootstraps.forEach(url -> bench.overlay.bootstrap(url, bench.nowNs));
  }

  void live(long durationNs) {
    for (long endNs = bench.nowNs + durationNs; bench.nowNs - endNs < 0; ) {
      bench.tick();
      check();
      something();
      check();
      talk();
    }
    assertFalse(linked.isEmpty(), "the test tests something");
  }

  private PeerId anyPeer() {
    return random.nextInt(50) == 0 ? bench.self : peers.get(random.nextInt(peers.size()));
  }

  private void something() {
    PeerId peer = anyPeer();
    switch (random.nextInt(14)) {
      case 0, 1 -> up(bench.linkFrom(peer));
      case 2, 3, 4 -> endDial();
      case 5 -> linked.values().stream().findAny().ifPresent(this::down);
      case 6 -> closing.stream().findAny().ifPresent(link -> down((TestLink) link));
      case 7 -> linked.values().stream().skip(random.nextInt(3)).findFirst().ifPresent(silent::add);
      case 8 -> bench.says(peer, new Message.FoundPeers(someIds()));
      case 9 -> bench.says(peer, new Message.FindPeers(bench.stranger()));
      case 10 -> bench.says(peer, new Message.HandshakeOffer());
      case 11, 12 -> bench.answers(peer, random.nextInt(4) == 0 ? null : url(peer));
      default -> ask(peer);
    }
  }

  private static String url(PeerId peer) {
    return "ws://" + peer + ".example";
  }

  private List<PeerId> someIds() {
    List<PeerId> ids = new ArrayList<>();
    for (int i = random.nextInt(21); i > 0; i--) {
      ids.add(random.nextInt(3) == 0 ? bench.stranger() : anyPeer());
    }
    return ids;
  }

  private void ask(PeerId peer) {
    if (random.nextBoolean()) {
      bench.overlay.disconnect(peer, bench.nowNs);
    } else if (!linked.containsKey(peer)) {
      connectingSinceNs.putIfAbsent(peer, bench.nowNs);
      bench.overlay.connect(peer, bench.nowNs);
    }
  }

  private void endDial() {
    if (dialing.isEmpty()) {
      return;
    }
    Dial dial = dialing.remove(random.nextInt(dialing.size()));
    if (random.nextInt(3) == 0) {
      bench.overlay.onDialFailed(
          dial.url(), dial.expected(), ConnectFailure.DIAL_FAILED, bench.nowNs);
    } else {
      up(bench.linkTo(Objects.requireNonNullElseGet(dial.expected(), this::anyPeer), dial.url()));
    }
  }

  private void up(TestLink link) {
    bench.effects.takeLinked();
    boolean free = !linked.containsKey(link.peer()) && !link.peer().equals(bench.self);
    boolean accepted = bench.up(link);
    boolean surplus = isSurplus(link);
    assertEquals(free && !surplus, accepted);
    if (surplus) {
      offered.remove(link.peer());
    }
    assertEquals(accepted ? List.of(link.peer()) : List.of(), bench.effects.takeLinked());
    if (accepted) {
      linked.put(link.peer(), link);
      connectingSinceNs.remove(link.peer());
      offered.remove(link.peer());
      offeredAgain.remove(link.peer());
    } else {
      // A transport tells of the end of refused links too.
      bench.down(link);
    }
  }

  /** Whether it is being closed as one too many, which it then has to be. */
  private boolean isSurplus(TestLink link) {
    List<Close> closes = bench.effects.takeCloses();
    closes.forEach(close -> closing.add(close.link()));
    boolean surplus = closes.contains(new Close(link, CloseReason.SURPLUS));
    long relays = linked.values().stream().filter(Link::relays).count();
    assertTrue(!surplus || relays >= config.relayLinks(), () -> "refused: " + link);
    return surplus;
  }

  private void down(TestLink link) {
    bench.effects.takeUnlinked();
    bench.down(link);
    boolean held = linked.remove(link.peer(), link);
    assertEquals(held ? List.of(link.peer()) : List.of(), bench.effects.takeUnlinked());
    closing.remove(link);
    silent.remove(link);
  }

  private void talk() {
    for (TestLink link : linked.values()) {
      if (!silent.contains(link)) {
        link.heard(bench.nowNs);
      }
    }
  }

  private void check() {
    assertEquals(linked.size(), bench.router.links().size());
    bench.effects.takeCloses().forEach(close -> closing.add(close.link()));
    closing.retainAll(linked.values());
    for (TestLink link : linked.values()) {
      assertSame(link, bench.router.link(link.peer()));
      long silentNs = bench.nowNs - link.lastHeardNs();
      assertTrue(closing.contains(link) || silentNs < config.deadAfterNs(), link::toString);
    }
    bench.effects.takeDials().forEach(this::check);
    bench.effects.takeSends().forEach(this::check);
    for (var failed : bench.effects.takeFailures()) {
      connectingSinceNs.remove(failed.peer());
      offered.remove(failed.peer());
      offeredAgain.remove(failed.peer());
      assertFalse(linked.containsKey(failed.peer()), "failed and linked: " + failed);
    }
    connectingSinceNs.forEach(
        (peer, sinceNs) ->
            assertTrue(
                bench.nowNs - sinceNs <= LATEST_CONNECT_NS + OverlayBench.TICK_NS,
                () -> "nothing heard of the link with " + peer));
    assertTrue(bench.effects.takePings().size() <= linked.size());
    int asked = connectingSinceNs.size();
    assertTrue(offered.size() - asked <= config.relayLinks(), () -> "offers out: " + offered);
  }

  private void check(Dial dial) {
    if (dial.expected() == null) {
      assertTrue(bootstraps.contains(dial.url()), dial::toString);
      assertFalse(dialing.contains(dial), () -> "dialed twice at once: " + dial);
    } else {
      assertTrue(offered.contains(dial.expected()), () -> "never offered: " + dial);
      assertNull(linked.get(dial.expected()), () -> "is linked already: " + dial);
      assertEquals(url(dial.expected()), dial.url());
    }
    dialing.add(dial);
  }

  private void check(Send send) {
    if (send.message() instanceof Message.HandshakeOffer) {
      boolean fits = offered.add(send.to()) || offeredAgain.add(send.to());
      assertTrue(fits, () -> "offered three times at once: " + send);
      assertFalse(linked.containsKey(send.to()) || send.to().equals(bench.self), send::toString);
    } else if (send.message() instanceof Message.FoundPeers found) {
      assertTrue(found.ids().size() <= Message.MAX_FOUND_PEERS);
      assertEquals(found.ids().size(), Set.copyOf(found.ids()).size());
      assertFalse(found.ids().contains(send.to()));
      assertFalse(found.ids().contains(bench.self));
    } else if (send.message() instanceof Message.FindPeers) {
      assertNotNull(linked.get(send.to()), () -> "asks a stranger: " + send);
    }
  }
}
