package org.peerrelay.daemon.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What is kept for a reader that is away. */
class BacklogTest {
  private final Backlog backlog = new Backlog(3, 10);

  /** Adds events of so many bytes, whose first is their number. */
  private void add(int... sizes) {
    for (int size : sizes) {
      byte[] event = new byte[size];
      event[0] = (byte) backlog.nextId();
      backlog.add(event);
    }
  }

  private void assertRest(long lastId, long lost, Integer... events) {
    Backlog.Rest rest = backlog.after(lastId);
    assertEquals(lost, rest.lost(), "lost");
    assertEquals(
        List.of(events), rest.events().stream().map(event -> (int) event[0]).toList(), "events");
  }

  @Test
  void aReaderGetsWhatItHasNotHad() {
    assertRest(0, 0);
    add(1, 1, 1);
    assertRest(0, 0, 1, 2, 3);
    assertRest(1, 0, 2, 3);
    assertRest(3, 0);
  }

  @Test
  void aNumberThatNoEventHasHadIsNone() {
    add(1, 1);
    assertRest(3, 0, 1, 2);
    assertRest(-1, 0, 1, 2);
    assertRest(Long.MIN_VALUE, 0, 1, 2);
    assertRest(Long.MAX_VALUE, 0, 1, 2);
  }

  @Test
  void theOldestFallOutAndAreTold() {
    add(1, 1, 1, 1, 1);
    assertRest(0, 2, 3, 4, 5);
    assertEquals(2, backlog.after(0).lastLost());
    assertRest(1, 1, 3, 4, 5);
    assertRest(2, 0, 3, 4, 5);
    assertEquals(0, backlog.after(2).lastLost());
    assertRest(4, 0, 5);
  }

  @Test
  void bytesCountAsWell() {
    add(4, 4, 4);
    assertRest(0, 1, 2, 3);
    add(11);
    assertRest(0, 4);
    assertRest(3, 1);
    add(10);
    assertRest(4, 0, 5);
  }
}
