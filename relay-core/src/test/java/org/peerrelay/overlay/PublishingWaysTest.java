package org.peerrelay.overlay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.peerrelay.overlay.WhereaboutsBench.SELF;
import static org.peerrelay.overlay.WhereaboutsBench.id;
import static org.peerrelay.overlay.WhereaboutsBench.signed;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.Message;
import org.peerrelay.message.Pointer;
import org.peerrelay.overlay.RecordingEffects.Send;
import org.peerrelay.relay.Attempts;

/** A pointer is published more than one way, and by which of its peer's relays. */
class PublishingWaysTest {
  private static final PeerId PEER = id(0x8000);

  private final WhereaboutsBench bench = new WhereaboutsBench(true, PointerConfig.DEFAULT);
  private final List<TestLink> nearer = new ArrayList<>();

  /** Links with relays that are nearer to the peer, the nearest first. */
  private void relaysNearer(int count) {
    for (int i = 1; i <= count; i++) {
      nearer.add(bench.inside(id(0x8000 + i)));
    }
  }

  private List<Send> published(Pointer pointer) {
    TestLink leaf = bench.leaf(pointer.peer());
    bench.effects.clear();
    bench.publishes(leaf, pointer, false);
    return bench.effects.takeSends();
  }

  private Send to(int relay, Pointer pointer, int attempt) {
    return new Send(nearer.get(relay).peer(), new Message.Publish(pointer, false, 0), attempt);
  }

  @Test
  void theOnlyRelayTakesBothWays() {
    relaysNearer(8);
    Pointer pointer = signed(PEER, 1, SELF);
    assertEquals(
        List.of(to(0, pointer, Attempts.STRAIGHT), to(5, pointer, Attempts.EVADING)),
        published(pointer));
  }

  @Test
  void twoRelaysShareTheWaysAndTheOthersTakeNone() {
    relaysNearer(8);
    PeerId other = id(77);
    Pointer first = signed(PEER, 1, SELF, other, id(78));
    assertEquals(List.of(to(0, first, Attempts.STRAIGHT)), published(first));
    Pointer second = signed(PEER, 2, other, SELF, id(78));
    assertEquals(List.of(to(5, second, Attempts.EVADING)), published(second));
    assertEquals(List.of(), published(signed(PEER, 3, other, id(78), SELF)));
    assertEquals(List.of(), published(signed(PEER, 4, other)));
  }

  @Test
  void whereAnEvadingWayEndsTheCopiesReachPastTheNetworksItEvades() {
    relaysNearer(5);
    for (int i = 0; i < 20; i++) {
      bench.inside(id(0x7f00 + i));
    }
    Pointer pointer = signed(PEER, 1, id(77));
    bench.publishes(nearer.get(0), pointer, false, Attempts.EVADING);
    assertEquals(pointer, bench.router.pointers().held(PEER, bench.nowNs));
    List<Send> copies = bench.effects.takeSends();
    assertEquals(WhereaboutsBench.COPIES + 5, copies.size());
    assertEquals(
        nearer.stream().map(TestLink::peer).toList(),
        copies.stream().limit(5).map(Send::to).toList());
    bench.publishes(nearer.get(0), pointer, false, Attempts.EVADING);
    assertEquals(List.of(), bench.effects.takeSends(), "held already");
  }

  @Test
  void onTheWayItStaysTheSameAttempt() {
    relaysNearer(8);
    Pointer pointer = signed(PEER, 1, id(77));
    bench.publishes(nearer.get(7), pointer, false, Attempts.EVADING);
    assertEquals(List.of(to(5, pointer, Attempts.EVADING)), bench.effects.takeSends());
    assertNull(bench.router.pointers().held(PEER, bench.nowNs));
    bench.publishes(nearer.get(7), pointer, false, 1);
    assertEquals(List.of(to(0, pointer, 1)), bench.effects.takeSends(), "not the first relay");
  }
}
