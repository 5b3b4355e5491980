package org.peerrelay.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerrelay.id.KeyedHash;
import org.peerrelay.id.PeerId;

class LinkMapTest {
  private final LinkMap map = new LinkMap(new KeyedHash(new Random(1)));

  @Test
  void anEmptyMapHasNothing() {
    assertNull(map.get(new PeerId(0, 0, 0)));
    assertTrue(map.isEmpty());
    assertTrue(map.values().isEmpty());
  }

  @Test
  void anIdOfZerosIsAnIdLikeOthers() {
    Link zero = TestLink.leaf(new PeerId(0, 0, 0));
    map.put(zero);
    assertSame(zero, map.get(0, 0, 0));
    map.remove(zero);
    assertNull(map.get(0, 0, 0));
  }

  @Test
  void everyBitOfAnIdCounts() {
    PeerId id = PeerId.random(new Random(2));
    map.put(TestLink.leaf(id));
    assertNull(map.get(id.high() ^ 1, id.middle(), id.low()));
    assertNull(map.get(id.high(), id.middle() ^ 1, id.low()));
    assertNull(map.get(id.high(), id.middle(), id.low() ^ 1));
  }

  @Test
  void aLinkTakesThePlaceOfAnotherToTheSamePeerAndThatCannotTakeItOut() {
    PeerId id = PeerId.random(new Random(2));
    Link first = TestLink.leaf(id);
    Link second = TestLink.leaf(id);
    map.put(first);
    map.put(second);
    map.remove(first);
    assertSame(second, map.get(id));
    assertEquals(1, map.size());
  }

  /** Against the JDK's map, with so few peers that links come back to where marks are. */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void anySequenceDoesWhatAMapDoes(long seed) {
    Random random = new Random(seed);
    List<PeerId> peers = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      peers.add(PeerId.random(random));
    }
    Map<PeerId, Link> model = new HashMap<>();
    for (int step = 0; step < 20_000; step++) {
      PeerId peer = peers.get(random.nextInt(1 + step / 100 % peers.size()));
      Link present = model.get(peer);
      if (present != null && random.nextBoolean()) {
        model.remove(peer);
        map.remove(present);
      } else {
        Link link = TestLink.leaf(peer);
        model.put(peer, link);
        map.put(link);
      }
      PeerId other = peers.get(random.nextInt(peers.size()));
      assertSame(model.get(other), map.get(other));
      assertEquals(model.size(), map.size());
    }
    assertEquals(new HashSet<>(model.values()), new HashSet<>(map.values()));
    peers.forEach(peer -> assertSame(model.get(peer), map.get(peer)));
  }

  @Test
  void whileOthersComeAndGoALinkThatStaysIsAlwaysFound() throws InterruptedException {
    Random random = new Random(4);
    List<Link> stay = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      stay.add(TestLink.leaf(PeerId.random(random)));
      map.put(stay.get(i));
    }
    AtomicBoolean done = new AtomicBoolean();
    AtomicBoolean missed = new AtomicBoolean();
    Thread reader =
        new Thread(
            () -> {
              while (!done.get()) {
                for (Link link : stay) {
                  if (map.get(link.peer()) != link) {
                    missed.set(true);
                  }
                }
              }
            });
    reader.start();
    for (int round = 0; round < 200; round++) {
      List<Link> guests = new ArrayList<>();
      for (int i = 0; i < 1_000; i++) {
        guests.add(TestLink.leaf(PeerId.random(random)));
      }
      guests.forEach(map::put);
      guests.forEach(map::remove);
    }
    done.set(true);
    reader.join();
    assertEquals(false, missed.get());
    assertEquals(100, map.size());
  }
}
