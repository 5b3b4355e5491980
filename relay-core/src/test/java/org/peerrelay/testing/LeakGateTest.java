package org.peerrelay.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Proves in every run that the gate sees a leak, since a gate that went blind looks just as green.
 */
class LeakGateTest {
  @Test
  void aBufferThatNobodyReleasedIsReportedOnce() throws InterruptedException {
    assertEquals(List.of(), LeakGate.findLeaks(), "leaks left by earlier tests");

    leak();

    List<String> leaks = LeakGate.findLeaks();
    assertEquals(1, leaks.size(), leaks::toString);
    assertTrue(leaks.get(0).contains("LeakGateTest.leak"), leaks::toString);
    assertEquals(List.of(), LeakGate.findLeaks());
  }

  @Test
  void aReleasedBufferIsNoLeak() throws InterruptedException {
    ByteBufAllocator.DEFAULT.buffer().release();

    assertEquals(List.of(), LeakGate.findLeaks());
  }

  private static void leak() {
    ByteBuf buffer = ByteBufAllocator.DEFAULT.buffer();
    buffer.writeByte(1);
  }
}
