package org.peerrelay.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.Payload;
import org.peerrelay.node.WaitingRoom.Waiting;

class WaitingRoomTest {
  private static final int ENTRY_BYTES = 100;

  private final PeerId to = PeerId.random(new Random(1));

  private static Payload bytes(int size) {
    return Payload.bytes(new byte[size]);
  }

  @Test
  void messagesComeOutInTheOrderInWhichTheyCameAndOnce() {
    WaitingRoom room = new WaitingRoom(10_000, 1_000);
    for (int i = 0; i < 5; i++) {
      assertTrue(room.add(to, bytes(i), i));
    }
    List<Waiting> all = room.takeAll();
    assertEquals(
        List.of(0, 1, 2, 3, 4), all.stream().map(one -> one.payload().sizeBytes()).toList());
    assertEquals(List.of(), room.takeAll());
  }

  @Test
  void whatDoesNotFitIsRefusedAndWhatIsThereStays() {
    WaitingRoom room = new WaitingRoom(2 * ENTRY_BYTES + 10, 1_000);
    assertTrue(room.add(to, bytes(5), 0));
    assertFalse(room.add(to, bytes(6), 0));
    assertTrue(room.add(to, bytes(5), 0));
    assertFalse(room.add(to, bytes(0), 0), "empty messages are not free");
    assertEquals(2, room.takeAll().size());
  }

  @Test
  void roomIsFreeAgainOnceTheMessagesAreTaken() {
    WaitingRoom room = new WaitingRoom(ENTRY_BYTES, 1_000);
    for (int i = 0; i < 10; i++) {
      assertTrue(room.add(to, bytes(0), i * 10_000L));
      assertFalse(room.add(to, bytes(0), i * 10_000L));
      boolean byAge = i % 2 == 0;
      assertEquals(1, (byAge ? room.takeOverdue(i * 10_000L + 1_000) : room.takeAll()).size());
    }
  }

  @Test
  void onlyThoseThatHaveWaitedForLongAreOverdue() {
    long startNs = Long.MAX_VALUE - 100;
    WaitingRoom room = new WaitingRoom(10_000, 1_000);
    assertTrue(room.add(to, bytes(1), startNs));
    assertTrue(room.add(to, bytes(2), startNs + 500));
    assertEquals(List.of(), room.takeOverdue(startNs + 999));
    assertEquals(List.of(new Waiting(to, bytes(1), startNs)), room.takeOverdue(startNs + 1_000));
    assertEquals(List.of(), room.takeOverdue(startNs + 1_499));
    assertEquals(
        List.of(new Waiting(to, bytes(2), startNs + 500)), room.takeOverdue(startNs + 1_500));
    assertEquals(List.of(), room.takeOverdue(Long.MAX_VALUE));
  }
}
