package org.peerrelay.overlay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.peerrelay.id.PeerId;
import org.peerrelay.routing.AddressGroup;

/** Which relays a relay wants links with, and which have a place in its table. */
class LinkPlanTest {
  private static final TableConfig CONFIG = TableConfig.DEFAULT;
  private static final int NEAR = CONFIG.nearLinks();
  private static final AddressGroup GROUP = new AddressGroup(0, 0x5db8d8);

  private final Random random = new Random(5);
  private final PeerId self = PeerId.random(random);
  private final LinkPlan plan = new LinkPlan(self, CONFIG);
  private final TableLinks table = new TableLinks(self);
  private final Strangers candidates = new Strangers(self, OverlayConfig.RELAY);

  private PeerId inBucket(int bucket) {
    return self.differingAt(bucket, PeerId.random(random));
  }

  private static TestLink link(PeerId peer, @Nullable AddressGroup group) {
    return TestLink.inside(peer, null, "ws://relay.example", group);
  }

  private void linked(int bucket, int count) {
    for (int i = 0; i < count; i++) {
      table.add(link(inBucket(bucket), null));
    }
  }

  private List<PeerId> heard(int bucket, int count) {
    List<PeerId> ids = Stream.generate(() -> inBucket(bucket)).limit(count).toList();
    candidates.onHeard(ids, id -> false, 0);
    return ids;
  }

  private List<PeerId> offers(int count) {
    return plan.offers(table, Set.of(), candidates, count);
  }

  private List<Integer> buckets(List<PeerId> ids) {
    return ids.stream().map(table::bucketOf).toList();
  }

  @Test
  void everyEmptyBucketComesFirstThenTheNearestThenMoreOfEach() {
    linked(20, NEAR);
    heard(0, 20);
    heard(3, 20);
    heard(30, 2);
    List<PeerId> offers = offers(100);
    assertEquals(List.of(0, 3, 30), buckets(offers).subList(0, 3));
    assertEquals(30, table.bucketOf(offers.get(3)), "the other near one");
    assertEquals(CONFIG.bucketLinks(), buckets(offers).stream().filter(b -> b == 0).count());
    assertEquals(CONFIG.bucketLinks(), buckets(offers).stream().filter(b -> b == 3).count());
    assertEquals(2 * CONFIG.bucketLinks() + 2, offers.size());
    assertEquals(offers.size(), new HashSet<>(offers).size());
  }

  @Test
  void theNearestAreWantedInTheOrderOfTheirDistance() {
    linked(0, CONFIG.maxBucketLinks());
    List<PeerId> near = new ArrayList<>(heard(5, 20));
    near.sort(self::compareDistance);
    List<PeerId> offers = offers(100);
    assertTrue(offers.containsAll(near.subList(0, NEAR)));
    List<PeerId> afterTheFirst = offers.subList(1, NEAR);
    assertEquals(afterTheFirst.stream().sorted(self::compareDistance).toList(), afterTheFirst);
  }

  @Test
  void offersAreBoundedAndThoseUnderWayCount() {
    linked(20, NEAR);
    List<PeerId> far = heard(0, 20);
    assertEquals(3, offers(3).size());
    assertEquals(List.of(), offers(0));
    Set<PeerId> underWay = Set.copyOf(far.subList(0, CONFIG.bucketLinks() - 1));
    List<PeerId> rest = plan.offers(table, underWay, candidates, 100);
    assertEquals(1, rest.size());
    assertFalse(underWay.contains(rest.get(0)));
  }

  @Test
  void aFullTableWantsNobody() {
    linked(20, NEAR);
    linked(0, CONFIG.bucketLinks());
    linked(4, CONFIG.bucketLinks());
    heard(0, 20);
    heard(4, 20);
    assertEquals(List.of(), offers(100));
  }

  @Test
  void linksOfABucketLieApart() {
    linked(20, NEAR);
    heard(0, 20);
    Set<Long> parts = new HashSet<>();
    for (PeerId offer : offers(100)) {
      parts.add(offer.high() >>> 60);
    }
    Set<Long> known = new HashSet<>();
    candidates.inBucket(0).forEach(peer -> known.add(peer.high() >>> 60));
    assertEquals(Math.min(known.size(), CONFIG.bucketLinks()), parts.size());
  }

  @Test
  void nearOnesAlwaysHaveAPlaceAndOthersWhereTheirBucketHasRoom() {
    linked(20, NEAR);
    linked(0, CONFIG.maxBucketLinks() - 1);
    assertTrue(plan.admits(link(inBucket(0), null), table));
    linked(0, 1);
    assertFalse(plan.admits(link(inBucket(0), null), table));
    assertTrue(plan.admits(link(inBucket(25), null), table), "nearer than all");
  }

  @Test
  void anAddressGroupHasTwoPlacesInABucketAndTwoAmongTheNear() {
    linked(20, NEAR);
    for (int i = 0; i < CONFIG.maxPerGroup(); i++) {
      TestLink far = link(inBucket(0), GROUP);
      assertTrue(plan.admits(far, table));
      table.add(far);
      TestLink near = link(inBucket(25 + i), GROUP);
      assertTrue(plan.admits(near, table));
      table.add(near);
    }
    assertFalse(plan.admits(link(inBucket(0), GROUP), table));
    table.add(link(inBucket(29), null));
    assertFalse(plan.admits(link(inBucket(29), GROUP), table), "in another bucket, but near");
    assertTrue(plan.admits(link(inBucket(1), GROUP), table));
    assertTrue(plan.admits(link(inBucket(0), new AddressGroup(0, 7)), table));
  }

  @Test
  void theFirstOfABucketHasAPlaceWhateverItsGroup() {
    linked(20, NEAR);
    table.add(link(inBucket(25), GROUP));
    table.add(link(inBucket(26), GROUP));
    assertTrue(plan.admits(link(inBucket(27), GROUP), table), "no other way leads there");
  }

  @Test
  void emptyBucketsAreAskedForFirstAndNoneBeyondTheNearOnes() {
    linked(12, NEAR);
    linked(0, CONFIG.bucketLinks());
    linked(1, 1);
    linked(2, 1);
    List<PeerId> targets = plan.targets(table, random);
    assertEquals(CONFIG.maxAsks(), targets.size());
    assertEquals(List.of(3, 4, 5, 6, 7, 8, 9, 10), buckets(targets));
    linked(3, 1);
    for (int bucket = 4; bucket < 12; bucket++) {
      linked(bucket, CONFIG.bucketLinks());
    }
    assertEquals(Set.of(1, 2, 3), new HashSet<>(buckets(plan.targets(table, random))));
  }

  @Test
  void whoKnowsFewAsksForAllBucketsUpToTheNearest() {
    assertEquals(List.of(), plan.targets(table, random));
    linked(2, 1);
    assertEquals(List.of(0, 1, 2), buckets(plan.targets(table, random)));
  }
}
