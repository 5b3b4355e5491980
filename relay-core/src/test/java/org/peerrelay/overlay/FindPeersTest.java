package org.peerrelay.overlay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.Message;
import org.peerrelay.overlay.RecordingEffects.Send;
import org.peerrelay.relay.RouterConfig;

/** Whom we name to those who ask for peers. */
class FindPeersTest {
  private final OverlayBench bench =
      new OverlayBench(OverlayConfig.RELAY, RouterConfig.RELAY, 9, 0);

  private List<PeerId> askedBy(PeerId asker, PeerId target) {
    bench.effects.clear();
    bench.says(asker, new Message.FindPeers(target));
    List<Send> sends = bench.effects.takeSends();
    assertEquals(1, sends.size());
    assertEquals(asker, sends.get(0).to());
    return ((Message.FoundPeers) sends.get(0).message()).ids();
  }

  private List<PeerId> relays(int count) {
    return Stream.generate(() -> bench.relay().peer()).limit(count).toList();
  }

  private List<PeerId> leaves(int count) {
    return Stream.generate(() -> bench.leaf().peer()).limit(count).toList();
  }

  private static void assertSorted(PeerId target, List<PeerId> found) {
    assertEquals(found.stream().sorted(target::compareDistance).toList(), found);
    assertEquals(found.size(), new HashSet<>(found).size(), "named twice");
  }

  @Test
  void whoKnowsNobodyNamesNobody() {
    assertEquals(List.of(), askedBy(bench.stranger(), bench.stranger()));
  }

  @Test
  void everyoneIsNamedWhenTheyAreFewTheNearestFirst() {
    List<PeerId> all = new ArrayList<>(relays(3));
    all.addAll(leaves(4));
    PeerId target = bench.stranger();
    List<PeerId> found = askedBy(bench.stranger(), target);
    assertEquals(new HashSet<>(all), new HashSet<>(found));
    assertSorted(target, found);
  }

  @Test
  void theAskerIsNotNamedEvenToItself() {
    List<PeerId> relays = relays(5);
    List<PeerId> leaves = leaves(5);
    for (PeerId asker : List.of(relays.get(0), leaves.get(0))) {
      List<PeerId> found = askedBy(asker, asker);
      assertEquals(9, found.size());
      assertFalse(found.contains(asker));
    }
  }

  @Test
  void noMoreThanTwentyAreNamed() {
    relays(30);
    leaves(200);
    PeerId target = bench.stranger();
    List<PeerId> found = askedBy(bench.stranger(), target);
    assertEquals(20, found.size());
    assertSorted(target, found);
  }

  @Test
  void relaysAreNamedBeforeNearerLeaves() {
    List<PeerId> relays = relays(12);
    List<PeerId> leaves = leaves(500);
    PeerId target = bench.stranger();
    List<PeerId> found = askedBy(bench.stranger(), target);
    assertEquals(20, found.size());
    assertTrue(found.containsAll(relays));
    List<PeerId> nearest = leaves.stream().sorted(target::compareDistance).limit(8).toList();
    assertTrue(found.containsAll(nearest));
    assertSorted(target, found);
  }

  @Test
  void ofManyRelaysTheNearestAreNamed() {
    List<PeerId> relays = relays(60);
    PeerId target = bench.stranger();
    assertEquals(
        relays.stream().sorted(target::compareDistance).limit(20).toList(),
        askedBy(bench.stranger(), target));
  }

  @Test
  void anAskerAmongTheNearestLeavesItsPlaceToTheNext() {
    List<PeerId> relays = relays(30);
    PeerId target = relays.get(0);
    assertEquals(
        relays.stream().sorted(target::compareDistance).skip(1).limit(20).toList(),
        askedBy(target, target));
  }

  @Test
  void leavesThatSaidTheyCannotBeReachedAreNotNamed() {
    TestLink unreachable = bench.leaf();
    TestLink webRtc = bench.leaf();
    TestLink listening = bench.leaf();
    TestLink unknown = bench.leaf();
    bench.says(unreachable, new Message.HandshakeAnswer(null, false));
    bench.says(webRtc, new Message.HandshakeAnswer(null, true));
    bench.says(listening, new Message.HandshakeAnswer("ws://leaf.example", false));
    assertEquals(
        Set.of(webRtc.peer(), listening.peer(), unknown.peer()),
        new HashSet<>(askedBy(bench.stranger(), bench.stranger())));
  }

  @Test
  void strangersAreNamedAfterAllWhoAreLinked() {
    TestLink relay = bench.relay();
    List<PeerId> leaves = leaves(4);
    List<PeerId> strangers = Stream.generate(bench::stranger).limit(20).toList();
    bench.says(relay, new Message.FoundPeers(strangers));
    PeerId target = bench.stranger();
    List<PeerId> found = askedBy(bench.stranger(), target);
    assertEquals(20, found.size());
    assertTrue(found.containsAll(leaves));
    assertTrue(found.contains(relay.peer()));
    List<PeerId> nearest = strangers.stream().sorted(target::compareDistance).limit(15).toList();
    assertTrue(found.containsAll(nearest));
    assertSorted(target, found);
  }

  @Test
  void whoHasLeftIsNotNamed() {
    TestLink gone = bench.relay();
    PeerId there = bench.relay().peer();
    bench.down(gone);
    assertEquals(List.of(there), askedBy(bench.stranger(), gone.peer()));
  }
}
