package org.peerrelay.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerrelay.transport.OutboundQueue.Lane;

class OutboundQueueTest {
  private static final int MAX_BYTES = 100;

  private int dropped;
  private final OutboundQueue queue = new OutboundQueue(MAX_BYTES, frame -> dropped++);
  private final List<ByteBuf> made = new ArrayList<>();

  @AfterEach
  void everyBufferIsReleased() {
    queue.clear();
    for (ByteBuf frame : made) {
      assertEquals(0, frame.refCnt());
    }
  }

  /** A frame of {@code size} bytes, the first of which is its {@code name}. */
  private ByteBuf frame(int name, int size) {
    ByteBuf frame = ByteBufAllocator.DEFAULT.buffer(size).writeByte(name).writeZero(size - 1);
    made.add(frame);
    return frame;
  }

  private void add(Lane lane, int name, int size) {
    queue.add(frame(name, size), lane);
  }

  private void assertComesOut(int... names) {
    for (int name : names) {
      ByteBuf frame = queue.poll();
      assertTrue(frame != null, () -> "nothing where " + name + " should be");
      assertEquals(name, frame.readByte());
      frame.release();
    }
    assertTrue(queue.isEmpty());
    assertNull(queue.poll());
  }

  @Test
  void framesComeOutInTheOrderInWhichTheyWentIn() {
    add(Lane.DATAGRAM, 1, 10);
    add(Lane.DATAGRAM, 2, 10);
    add(Lane.DATAGRAM, 3, 10);
    assertComesOut(1, 2, 3);
    assertEquals(0, dropped);
  }

  @Test
  void controlFramesOvertakeDatagrams() {
    add(Lane.DATAGRAM, 1, 10);
    add(Lane.CONTROL, 2, 10);
    add(Lane.DATAGRAM, 3, 10);
    add(Lane.CONTROL, 4, 10);
    assertComesOut(2, 4, 1, 3);
  }

  @Test
  void theBoundItselfIsAllowed() {
    add(Lane.DATAGRAM, 1, 60);
    add(Lane.CONTROL, 2, 40);
    assertComesOut(2, 1);
    assertEquals(0, dropped);
  }

  @Test
  void theOldestDatagramsAreDroppedFirst() {
    for (int name = 1; name <= 5; name++) {
      add(Lane.DATAGRAM, name, 30);
    }
    assertEquals(2, dropped);
    assertComesOut(3, 4, 5);
  }

  @Test
  void controlFramesPushOutDatagramsAndNotTheOtherWayRound() {
    add(Lane.CONTROL, 1, 60);
    add(Lane.DATAGRAM, 2, 40);
    add(Lane.CONTROL, 3, 30);
    assertEquals(1, dropped);
    add(Lane.DATAGRAM, 4, 20);
    assertEquals(2, dropped);
    assertComesOut(1, 3);
  }

  @Test
  void tooManyControlFramesPushOutTheOldestOfThem() {
    add(Lane.CONTROL, 1, 50);
    add(Lane.CONTROL, 2, 50);
    add(Lane.CONTROL, 3, 50);
    assertEquals(1, dropped);
    assertComesOut(2, 3);
  }

  @Test
  void aFrameThatIsTooLargeIsDroppedAloneAndNothingThatWaits() {
    add(Lane.DATAGRAM, 1, 50);
    add(Lane.CONTROL, 2, 50);
    add(Lane.DATAGRAM, 3, MAX_BYTES + 1);
    add(Lane.CONTROL, 4, MAX_BYTES + 1);
    assertEquals(2, dropped);
    assertComesOut(2, 1);
  }

  @Test
  void whatIsTakenOutMakesRoom() {
    for (int name = 1; name <= 50; name++) {
      add(Lane.DATAGRAM, name, MAX_BYTES);
      assertComesOut(name);
    }
    assertEquals(0, dropped);
  }

  @Test
  void clearingReleasesAllAndTellsHowMany() {
    add(Lane.DATAGRAM, 1, 20);
    add(Lane.CONTROL, 2, 20);
    assertEquals(2, queue.clear());
    assertEquals(0, dropped);
    assertEquals(0, queue.clear());
    add(Lane.DATAGRAM, 3, MAX_BYTES);
    assertComesOut(3);
  }

  /** Against a model that keeps all frames in lists and counts bytes anew each time. */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void anySequenceDoesWhatTheRulesSay(long seed) {
    Random random = new Random(seed);
    ArrayDeque<int[]> control = new ArrayDeque<>();
    ArrayDeque<int[]> datagrams = new ArrayDeque<>();
    int expectedDrops = 0;
    for (int step = 0; step < 5_000; step++) {
      if (random.nextInt(3) == 0) {
        int[] expected = control.isEmpty() ? datagrams.poll() : control.poll();
        ByteBuf frame = queue.poll();
        assertEquals(expected == null, frame == null);
        if (expected != null && frame != null) {
          assertEquals(expected[0], frame.readByte());
          frame.release();
        }
      } else {
        int[] frame = {step % 100, 1 + random.nextInt(MAX_BYTES + 5)};
        boolean isControl = random.nextInt(4) == 0;
        add(isControl ? Lane.CONTROL : Lane.DATAGRAM, frame[0], frame[1]);
        if (frame[1] > MAX_BYTES) {
          expectedDrops++;
        } else {
          (isControl ? control : datagrams).add(frame);
        }
        while (bytes(control) + bytes(datagrams) > MAX_BYTES) {
          (datagrams.isEmpty() ? control : datagrams).remove();
          expectedDrops++;
        }
      }
      assertEquals(expectedDrops, dropped);
    }
  }

  private static int bytes(ArrayDeque<int[]> frames) {
    return frames.stream().flatMapToInt(frame -> Arrays.stream(frame, 1, 2)).sum();
  }
}
