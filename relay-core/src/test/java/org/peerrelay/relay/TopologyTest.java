package org.peerrelay.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.Header;

/** Properties of many routers together, over small networks of any shape. */
class TopologyTest {
  private static final int NETWORKS = 500;
  private static final int DATAGRAMS = 30;

  @Test
  void inAnyNetworkNoDatagramArrivesTwiceOrElsewhereOrPassesANodeTwice() {
    for (int seed = 0; seed < NETWORKS; seed++) {
      Random random = new Random(seed);
      Topology network = anyNetwork(random);
      List<PeerId> nodes = network.nodes();
      for (int i = 0; i < DATAGRAMS; i++) {
        PeerId author = any(random, nodes);
        PeerId to = random.nextInt(10) == 0 ? PeerId.random(random) : any(random, nodes);
        Topology.Journey journey = network.send(author, to);

        String where = "seed " + seed + ", datagram " + i;
        assertTrue(journey.deliveries(to) <= 1, where + " arrived twice");
        assertEquals(
            journey.deliveries(to), journey.delivered().size(), where + " arrived elsewhere");
        journey
            .forwarded()
            .forEach((node, times) -> assertEquals(1, times, where + " passed twice: " + node));
      }
    }
  }

  @Test
  void inAnyNetworkATargetIsReachedFromEveryNodeThatHasALinkToIt() {
    for (int seed = 0; seed < NETWORKS; seed++) {
      Random random = new Random(seed);
      Topology network = anyNetwork(random);
      List<PeerId> nodes = network.nodes();
      for (int i = 0; i < DATAGRAMS; i++) {
        PeerId author = any(random, nodes);
        PeerId to = any(random, nodes);
        Topology.Journey journey = network.send(author, to);
        boolean passedANeighbour =
            journey.forwarded().keySet().stream().anyMatch(node -> network.areLinked(node, to));
        if (passedANeighbour) {
          assertEquals(1, journey.deliveries(to), "seed " + seed + ", datagram " + i);
        }
      }
    }
  }

  @Test
  void throughOneRelayEveryLeafReachesEveryOther() {
    Random random = new Random(1);
    Topology star = new Topology(random);
    PeerId relay = star.addNode();
    List<PeerId> leaves = leavesAt(star, relay, 100);
    star.start();

    for (PeerId author : leaves) {
      PeerId to = any(random, leaves);
      assertEquals(1, star.send(author, to).deliveries(to));
    }
  }

  @Test
  void alongALineOfRelaysEveryLeafReachesEveryOther() {
    for (int seed = 0; seed < 20; seed++) {
      Random random = new Random(seed);
      Topology line = new Topology(random);
      List<PeerId> leaves = lineOfRelays(line, 6, 5);

      for (int i = 0; i < 100; i++) {
        PeerId author = any(random, leaves);
        PeerId to = any(random, leaves);
        assertEquals(1, line.send(author, to).deliveries(to), "seed " + seed);
      }
    }
  }

  @Test
  void aLineOfNineteenRelaysIsCrossed() {
    Topology line = new Topology(new Random(1));
    List<PeerId> ends = lineOfRelays(line, Header.MAX_PATH - 1, 1);

    PeerId last = ends.get(ends.size() - 1);
    assertEquals(1, line.send(ends.get(0), last).deliveries(last));
  }

  @Test
  void aLineOfTwentyRelaysIsTooLong() {
    Topology line = new Topology(new Random(1));
    List<PeerId> ends = lineOfRelays(line, Header.MAX_PATH, 1);

    PeerId last = ends.get(ends.size() - 1);
    assertEquals(0, line.send(ends.get(0), last).deliveries(last));
  }

  @Test
  void anAnswerFindsTheWayBackPastLeavesThatAreNearer() {
    for (int seed = 0; seed < 100; seed++) {
      Topology network = new Topology(new Random(seed));
      PeerId upstream = network.addNode();
      PeerId downstream = network.addNode();
      // Upstream has been dialed by all of them, so that it takes the other relay for a leaf.
      network.link(downstream, upstream, false);
      leavesAt(network, upstream, 50);
      PeerId asking = leavesAt(network, downstream, 1).get(0);
      PeerId asked = leavesAt(network, upstream, 1).get(0);
      network.start();

      assertEquals(1, network.send(asking, asked).deliveries(asked), "seed " + seed);
      assertEquals(1, network.send(asked, asking).deliveries(asking), "seed " + seed);
    }
  }

  /** Relays one after another, each with some leaves; returns the leaves in the relays' order. */
  private static List<PeerId> lineOfRelays(Topology line, int relays, int leavesEach) {
    List<PeerId> leaves = new ArrayList<>();
    PeerId before = line.addNode();
    leaves.addAll(leavesAt(line, before, leavesEach));
    for (int i = 1; i < relays; i++) {
      PeerId relay = line.addNode();
      line.link(relay, before, true);
      leaves.addAll(leavesAt(line, relay, leavesEach));
      before = relay;
    }
    line.start();
    return leaves;
  }

  private static List<PeerId> leavesAt(Topology network, PeerId relay, int count) {
    List<PeerId> leaves = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      PeerId leaf = network.addNode();
      network.link(leaf, relay, false);
      leaves.add(leaf);
    }
    return leaves;
  }

  private static Topology anyNetwork(Random random) {
    Topology network = new Topology(random);
    int size = 2 + random.nextInt(10);
    for (int i = 0; i < size; i++) {
      network.addNode();
    }
    List<PeerId> nodes = network.nodes();
    int share = 1 + random.nextInt(4);
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < i; j++) {
        if (random.nextInt(share) == 0) {
          network.link(nodes.get(i), nodes.get(j), random.nextBoolean());
        }
      }
    }
    network.start();
    return network;
  }

  private static PeerId any(Random random, List<PeerId> nodes) {
    return nodes.get(random.nextInt(nodes.size()));
  }
}
