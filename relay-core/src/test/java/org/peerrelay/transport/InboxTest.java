package org.peerrelay.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.util.concurrent.Future;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class InboxTest {
  private static final long DEADLINE_S = 20;

  private final List<String> events = Collections.synchronizedList(new ArrayList<>());
  private final Inbox inbox = new Inbox(100, nowNs -> events.add("settle"));
  private final CountDownLatch blocked = new CountDownLatch(1);

  /** Holds up the control loop until it is let go. */
  private void block() {
    inbox.post(nowNs -> awaitLatch(blocked));
  }

  private static void awaitLatch(CountDownLatch latch) {
    try {
      assertTrue(latch.await(DEADLINE_S, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Waits until all that was posted so far has been handled, and what that posted in turn. */
  private void awaitQuiet() {
    for (int i = 0; i < 3; i++) {
      CompletableFuture<Void> handled = new CompletableFuture<>();
      assertTrue(inbox.offer(0, nowNs -> handled.complete(null)));
      handled.orTimeout(DEADLINE_S, TimeUnit.SECONDS).join();
    }
  }

  @Test
  void eventsAreHandledInTheOrderInWhichTheyWerePosted() {
    for (int i = 0; i < 100; i++) {
      String name = "event " + i;
      if (i % 2 == 0) {
        inbox.post(nowNs -> events.add(name));
      } else {
        assertTrue(inbox.offer(0, nowNs -> events.add(name)));
      }
    }
    awaitQuiet();
    events.removeIf("settle"::equals);
    for (int i = 0; i < 100; i++) {
      assertEquals("event " + i, events.get(i));
    }
  }

  @Test
  void eventsThatComeTogetherSettleOnce() {
    block();
    for (int i = 0; i < 1_000; i++) {
      inbox.post(nowNs -> events.add("event"));
    }
    blocked.countDown();
    awaitQuiet();
    assertEquals(1, Collections.frequency(events, "settle"));
    assertEquals("settle", events.get(1_000));
  }

  @Test
  void datagramsBeyondTheBoundAreRefusedAndFitAgainLater() {
    block();
    assertTrue(inbox.offer(60, nowNs -> events.add("a")));
    assertFalse(inbox.offer(41, nowNs -> events.add("b")));
    assertTrue(inbox.offer(40, nowNs -> events.add("c")));
    assertFalse(inbox.offer(1, nowNs -> events.add("d")));
    inbox.post(nowNs -> events.add("posted"));
    blocked.countDown();
    awaitQuiet();
    events.remove("settle");
    assertEquals(List.of("a", "c", "posted"), events.subList(0, 3));
    assertTrue(inbox.offer(100, nowNs -> {}));
  }

  @Test
  void anEventThatThrowsStopsNothing() {
    inbox.post(
        nowNs -> {
          throw new IllegalStateException("part of the test");
        });
    assertTrue(
        inbox.offer(
            100,
            nowNs -> {
              throw new AssertionError("part of the test");
            }));
    inbox.post(nowNs -> events.add("next"));
    awaitQuiet();
    assertTrue(events.contains("next"));
    assertTrue(events.contains("settle"));
    assertTrue(inbox.offer(100, nowNs -> {}), "the room is free again");
  }

  @Test
  void whatWasMissedWhileTheLoopStoodStillIsNotMadeUpFor() {
    int count = 20;
    List<Long> timesNs = new ArrayList<>();
    CompletableFuture<Void> enough = new CompletableFuture<>();
    Future<?> repeating =
        inbox.repeat(
            1,
            nowNs -> {
              if (timesNs.size() == count) {
                enough.complete(null);
              } else {
                timesNs.add(nowNs);
                LockSupport.parkNanos(timesNs.size() == 2 ? 50_000_000 : 0);
              }
            });
    enough.orTimeout(DEADLINE_S, TimeUnit.SECONDS).join();
    repeating.cancel(false);
    for (int i = 1; i < count; i++) {
      long pauseNs = timesNs.get(i) - timesNs.get(i - 1);
      assertTrue(pauseNs >= 1_000_000, "after " + pauseNs + " ns (expected: a millisecond)");
    }
  }

  @Test
  void aRepeatedEventThatThrowsAnErrorIsRepeatedAllTheSame() {
    AtomicInteger count = new AtomicInteger();
    CompletableFuture<Void> third = new CompletableFuture<>();
    Future<?> repeating =
        inbox.repeat(
            1,
            nowNs -> {
              if (count.incrementAndGet() == 3) {
                third.complete(null);
              }
              throw new AssertionError("part of the test");
            });
    third.orTimeout(DEADLINE_S, TimeUnit.SECONDS).join();
    repeating.cancel(false);
  }
}
