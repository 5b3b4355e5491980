package org.peerrelay.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.peerrelay.id.PeerId;

class ClosestPeersInTableTest {
  private static final int TABLES = 1_000;

  @Test
  void theNearestContactsAreThoseThatSortingAllOfThemGives() {
    for (int seed = 0; seed < TABLES; seed++) {
      Random random = new Random(seed);
      List<PeerId> ids = new ArrayList<>(TestIds.draw(random, random.nextInt(300)));
      PeerId local = TestIds.target(random, ids);
      RoutingTable table = new RoutingTable(local, 1 + random.nextInt(20));
      ids.forEach(id -> table.offer(TestIds.contact(id, 0)));
      for (int i = 0; i < 10; i++) {
        PeerId target = i == 0 ? local : TestIds.target(random, ids);
        int limit = random.nextInt(30);
        List<Contact> expected = new ArrayList<>(table.contacts());
        expected.sort((a, b) -> target.compareDistance(a.id(), b.id()));

        assertEquals(
            expected.subList(0, Math.min(limit, expected.size())),
            ClosestPeers.inTable(table, target, limit),
            "seed " + seed + ", target " + target);
      }
    }
  }

  @Test
  void anEmptyTableHasNoNearest() {
    PeerId local = PeerId.random(new Random(1));

    assertEquals(List.of(), ClosestPeers.inTable(new RoutingTable(local, 20), local, 20));
  }
}
