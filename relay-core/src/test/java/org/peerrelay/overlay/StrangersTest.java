package org.peerrelay.overlay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.peerrelay.id.PeerId;
import org.peerrelay.routing.RoutingTable;

class StrangersTest {
  private static final OverlayConfig CONFIG = OverlayConfig.RELAY;

  private final Random random = new Random(10);
  private final PeerId self = PeerId.random(random);
  private final Strangers strangers = new Strangers(self, CONFIG);
  private long nowNs;

  private void hear(List<PeerId> ids) {
    strangers.onHeard(ids, id -> false, nowNs);
  }

  private List<PeerId> all() {
    return strangers.nearest(self, Integer.MAX_VALUE, id -> true);
  }

  private List<PeerId> draw(int count) {
    return Stream.generate(() -> PeerId.random(random)).limit(count).toList();
  }

  /** Random ids that differ from ours in the first bit, so that all share one bucket. */
  private List<PeerId> farAway(int count) {
    return Stream.generate(() -> PeerId.random(random))
        .filter(id -> id.commonPrefixBits(self) == 0)
        .limit(count)
        .toList();
  }

  @Test
  void aMillionInventedIdsAreNotAllKept() {
    for (int i = 0; i < 50_000; i++) {
      hear(draw(20));
    }
    assertTrue(all().size() <= 20 * RoutingTable.DEFAULT_K, "kept: " + all().size());
  }

  @Test
  void aFullBucketKeepsWhatItHasFromThoseWhoComeLater() {
    List<PeerId> first = farAway(RoutingTable.DEFAULT_K);
    hear(first);
    hear(farAway(1_000));
    assertEquals(Set.copyOf(first), Set.copyOf(all()));
  }

  @Test
  void ofFewPlacesNoNeighbourGetsAllHoweverSoonAndOftenItNamesPeers() {
    Strangers few = new Strangers(self, OverlayConfig.LEAF);
    List<PeerId> neighbours = draw(2);
    List<PeerId> others = draw(20);
    Predicate<PeerId> any = id -> true;
    Predicate<PeerId> none = id -> false;
    few.onNamed(neighbours.get(0), draw(20), none, nowNs);
    few.onNamed(neighbours.get(1), others, none, nowNs);
    for (int times = 0; times < 100; times++) {
      few.onNamed(neighbours.get(0), draw(20), none, nowNs);
    }
    int max = OverlayConfig.LEAF.maxCandidates();
    assertEquals(max, few.nearest(self, 100, any).size());
    assertEquals(max / 2, few.nearest(self, 100, others::contains).size());
    few.forgetIf(others::contains);
    few.onNamed(neighbours.get(0), draw(20), none, nowNs);
    assertEquals(max, few.nearest(self, 100, any).size());
    few.onNamed(neighbours.get(1), others, none, nowNs);
    assertEquals(max / 2, few.nearest(self, 100, others::contains).size());
  }

  @Test
  void whatNobodyHasMentionedForLongMakesRoom() {
    List<PeerId> first = farAway(RoutingTable.DEFAULT_K);
    hear(first);
    nowNs += CONFIG.avoidNs() - 1;
    hear(first.subList(1, first.size()));
    nowNs += 1;
    List<PeerId> later = farAway(2);
    hear(later);
    assertFalse(all().contains(first.get(0)));
    assertTrue(all().contains(later.get(0)));
    assertFalse(all().contains(later.get(1)));
  }

  @Test
  void aLeafKeepsFewAndThoseThatItHeardOfFirst() {
    Strangers few = new Strangers(self, OverlayConfig.LEAF);
    List<PeerId> first = draw(OverlayConfig.LEAF.maxCandidates());
    few.onHeard(first, id -> false, nowNs);
    nowNs += CONFIG.avoidNs() - 1;
    few.onHeard(draw(20), id -> false, nowNs);
    few.onHeard(first.subList(1, first.size()), id -> false, nowNs);
    assertEquals(Set.copyOf(first), Set.copyOf(few.nearest(self, Integer.MAX_VALUE)));
    nowNs += 1;
    List<PeerId> later = draw(2);
    few.onHeard(later, id -> false, nowNs);
    Set<PeerId> kept = Set.copyOf(few.nearest(self, Integer.MAX_VALUE));
    assertFalse(kept.contains(first.get(0)), "nobody has mentioned it for long");
    assertTrue(kept.contains(later.get(0)));
    assertFalse(kept.contains(later.get(1)));
  }

  @Test
  void soManyAvoidedAreRememberedAndNoMore() {
    List<PeerId> avoided = draw(CONFIG.maxAvoided() + 1);
    avoided.forEach(id -> strangers.avoid(id, nowNs));
    hear(avoided);
    assertEquals(List.of(avoided.get(0)), all(), "the first of them is forgotten");
  }

  @Test
  void whoIsAvoidedAgainIsRememberedLongest() {
    List<PeerId> avoided = draw(CONFIG.maxAvoided());
    avoided.forEach(id -> strangers.avoid(id, nowNs));
    strangers.avoid(avoided.get(0), nowNs);
    strangers.avoid(PeerId.random(random), nowNs);
    hear(avoided);
    assertEquals(List.of(avoided.get(1)), all());
  }

  @Test
  void theNearestToAnyTargetComeFirstAndOnlyThoseThatAreWanted() {
    List<PeerId> ids = draw(30);
    hear(ids);
    PeerId target = PeerId.random(random);
    PeerId unwanted = all().get(0);
    assertEquals(
        all().stream()
            .filter(id -> !id.equals(unwanted))
            .sorted(target::compareDistance)
            .limit(5)
            .toList(),
        strangers.nearest(target, 5, id -> !id.equals(unwanted)));
  }
}
