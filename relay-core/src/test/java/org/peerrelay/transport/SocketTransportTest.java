package org.peerrelay.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.peerrelay.id.Identity;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.Pointer;

/** Pointers that are made while somebody sets the machine's clock. */
class SocketTransportTest {
  private static final long HOUR_MS = TimeUnit.HOURS.toMillis(1);

  private final Random random = new Random(14);
  private final Identity own = Identity.generate(new SecureRandom());
  private long wallClockMs = 100 * HOUR_MS;
  private final SocketTransport transport = new SocketTransport(own, dial -> {}, () -> wallClockMs);

  private Pointer pointer(PeerId peer) {
    return transport.pointer(peer, List.of(PeerId.random(random)), 60);
  }

  private void assertLaterOnesCount(PeerId peer) {
    Pointer last = pointer(peer);
    for (long jumpMs : new long[] {0, 1, -1, -HOUR_MS, 2 * HOUR_MS, -50 * HOUR_MS, 0, 1}) {
      wallClockMs += jumpMs;
      Pointer next = pointer(peer);
      assertTrue(next.displaces(last), last.issued() + ", then " + next.issued());
      last = next;
    }
  }

  @Test
  void theLaterOneCountsThoughTheClockWasSetBack() {
    assertLaterOnesCount(own.id());
    assertLaterOnesCount(PeerId.random(random));
  }

  @Test
  void theyBearTheTimeOfTheClockThatGoesOn() {
    assertEquals(wallClockMs, pointer(own.id()).issued());
    wallClockMs += HOUR_MS;
    assertEquals(wallClockMs, pointer(own.id()).issued());
  }
}
