package org.peerrelay.daemon.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.peerrelay.daemon.npm.NeedsNpm;
import org.peerrelay.daemon.npm.NpmHost;
import org.peerrelay.daemon.npm.NpmPayload;
import org.peerrelay.daemon.npm.NpmPeer;
import org.peerrelay.message.CloseReason;
import org.peerrelay.message.Payload;
import org.peerrelay.overlay.OverlayConfig;

/** An npm peer whose id somebody else claims at its daemon, while it lives and when it is dead. */
@NeedsNpm
final class IdTheftTest {
  /** Beyond the time that the holder of an id has to answer: for a machine that is busy. */
  private static final long MARGIN_S = 5;

  private final JavaPeer daemon = JavaPeer.daemon();
  private final NpmHost host = NpmHost.start();
  private final NpmHost other = NpmHost.start();
  private NpmPeer victim;
  private NpmPeer friend;

  @BeforeEach
  void link() {
    victim = host.open("victim", daemon.url());
    victim.awaitAccepted(daemon.id());
    friend = other.open("friend", daemon.url());
    friend.awaitAccepted(daemon.id());
  }

  @AfterEach
  void close() {
    host.close();
    other.close();
    daemon.close();
  }

  @Test
  void whoClaimsTheIdOfALivePeerGetsAndSendsNothingAndThePeerTalksOn() {
    Circle circle = new Circle().with(daemon).with(victim, friend);
    for (int i = 0; i < 20; i++) {
      try (RawClient thief = RawClient.claim(daemon.url(), victim.id())) {
        thief.send(userFrame(victim.id(), friend.id()));
        circle.talk();
        assertEquals(CloseReason.DUPLICATE_ID.code(), thief.awaitClose());
        assertEquals(List.of(), thief.frames().rest(), "what the thief was told");
      }
    }
    assertEquals(List.of(), victim.closed());
  }

  @Test
  void theIdOfAKilledPeerIsFreeAtOnce() {
    host.kill();
    daemon.awaitUnlinked(victim.id());
    assertIdIsFree();
  }

  @Test
  void theIdOfAFrozenPeerIsFreeOnceItHasNotAnsweredAndItLivesOnWithoutLink() {
    host.freeze();
    try {
      long claimedNs = System.nanoTime();
      try (RawClient early = RawClient.claim(daemon.url(), victim.id())) {
        assertEquals(CloseReason.DUPLICATE_ID.code(), early.awaitClose());
      }
      daemon.awaitUnlinked(victim.id());
      long probeS = TimeUnit.NANOSECONDS.toSeconds(OverlayConfig.RELAY.probeNs());
      long tookS = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - claimedNs);
      assertTrue(tookS < probeS + MARGIN_S, tookS + " s (expected: about " + probeS + ")");
      assertIdIsFree();
    } finally {
      host.resume();
    }
    victim.awaitClosed(daemon.id());
    assertEquals(List.of(), victim.peers());
  }

  private void assertIdIsFree() {
    try (RawClient heir = RawClient.connect(daemon.url(), victim.id())) {
      daemon.awaitLinked(victim.id());
      daemon.send(victim.id(), Payload.json("\"to the heir\""));
      heir.awaitFrame("\"to the heir\"");
      friend.send(victim.id(), "\"from a friend\"");
      heir.awaitFrame("\"from a friend\"");
      heir.send(userFrame(heir.id(), friend.id()));
      assertEquals(
          NpmPayload.json("\"as the victim\""), friend.awaitMessageFrom(victim.id()).payload());
    }
  }

  private static String userFrame(String from, String to) {
    return """
        {"to":"%s","from":"%s","path":["%s"],"nonce":"1","data":{"type":"user",\
        "data":"as the victim"}}"""
        .formatted(to, from, from);
  }
}
