package org.peerrelay.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.peerrelay.relay.RouterScene.SELF;
import static org.peerrelay.relay.RouterScene.id;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.peerrelay.id.PeerId;
import org.peerrelay.routing.AddressGroup;

class InsideRelaysTest {
  private static final PeerId GOAL = id(0x8000);

  private final Link nearest = TestLink.inside(id(0x8001), 1);
  private final Link sameNetwork = TestLink.inside(id(0x8002), 1);
  private final Link alone = TestLink.inside(id(0x8004));
  private final Link aloneToo = TestLink.inside(id(0x8008));
  private final Link third = TestLink.inside(id(0x8010), 2);
  private final Link farther = TestLink.inside(id(0x5e1e), 3);
  private final InsideRelays relays =
      InsideRelays.of(List.of(third, sameNetwork, farther, alone, nearest, aloneToo));

  @Test
  void eachGroupCountsOnceAndWhoHasNoneIsOne() {
    List<Link> expected = List.of(nearest, alone, aloneToo, third, farther);
    assertEquals(expected, relays.nearest(GOAL, 20));
    assertEquals(expected.subList(0, 2), relays.nearest(GOAL, 2));
    for (int skipped = 0; skipped < expected.size(); skipped++) {
      assertSame(expected.get(skipped), relays.nearer(GOAL, SELF, skipped, 0));
    }
  }

  @Test
  void withTooFewGroupsItIsTheLastOfThem() {
    assertSame(farther, relays.nearer(GOAL, SELF, 100, 4));
    assertSame(aloneToo, relays.nearer(GOAL, id(0x8009), 5, 0));
  }

  @Test
  void whereNoMoreGroupsAreNearerThanAreEvadedTheWayEnds() {
    assertNull(relays.nearer(GOAL, SELF, 5, 5));
    assertNull(relays.nearer(GOAL, id(0x8009), 5, 3));
    assertNull(relays.nearer(GOAL, id(0x8000), 0, 0));
    assertNull(InsideRelays.of(List.of()).nearer(GOAL, SELF, 0, 0));
  }

  @Test
  void leavesAndRelaysOutsideAreNotAmongThem() {
    InsideRelays none =
        InsideRelays.of(List.of(TestLink.binaryLeaf(id(0x8001)), TestLink.outside(id(0x8002))));
    assertNull(none.nearer(GOAL, SELF, 0, 0));
    assertEquals(List.of(), none.nearest(GOAL, 5));
  }

  @Test
  void itIsAsIfAllHadBeenSorted() {
    long seed = 11;
    Random random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      List<Link> links = new ArrayList<>();
      for (int i = random.nextInt(40); i > 0; i--) {
        PeerId peer = PeerId.random(random);
        links.add(
            random.nextInt(4) == 0
                ? TestLink.inside(peer)
                : TestLink.inside(peer, random.nextInt(8)));
      }
      InsideRelays some = InsideRelays.of(links);
      PeerId goal = PeerId.random(random);
      PeerId self = PeerId.random(random);
      List<Link> groups = groupsNearer(links, goal, self);
      for (int skipped = 0; skipped < 10; skipped++) {
        int last = Math.min(skipped, groups.size() - 1);
        Link expected = groups.size() <= skipped / 2 ? null : groups.get(last);
        assertEquals(
            expected, some.nearer(goal, self, skipped, skipped / 2), "round " + round + " " + seed);
      }
    }
  }

  private static List<Link> groupsNearer(List<Link> links, PeerId goal, PeerId self) {
    Set<AddressGroup> seen = new HashSet<>();
    return links.stream()
        .sorted(Comparator.comparing(Link::peer, goal::compareDistance))
        .filter(link -> goal.compareDistance(link.peer(), self) < 0)
        .filter(link -> link.group() == null || seen.add(link.group()))
        .toList();
  }
}
