package org.peerrelay.daemon.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.peerrelay.swarm.SwarmKey;

/**
 * A thousand members of one swarm at three daemons: every one sees every other come and go, what is
 * for all costs its sender one frame, and none is lost when a daemon is killed. {@code
 * -Dsoak.members} says how many.
 */
@Tag("soak")
@Timeout(value = 1, unit = TimeUnit.HOURS)
final class SwarmScaleTest {
  private static final int MEMBERS = Integer.getInteger("soak.members", 1_000);
  private static final int DAEMONS = 3;
  private static final int CHANGES = 20;
  private static final int BROADCASTS = 100;
  private static final double MAX_BACK_S = 10;
  private static final long DEADLINE_S = 600;
  private static final int SETTLED = 20;
  private static final double SETTLED_S = 0.5;
  private static final long LOOK_MS = 20;
  private static final SwarmKey KEY = SwarmKey.of("soak");

  private final List<SoakDaemon> daemons = new ArrayList<>();
  private final List<ScaleGuest> guests = new ArrayList<>();

  @AfterEach
  void closeAll() {
    guests.forEach(ScaleGuest::close);
    daemons.forEach(SoakDaemon::close);
  }

  @Test
  void aThousandMembersAtThreeDaemons() throws Exception {
    startDaemons();
    joinAll();
    settle();
    changes();
    broadcasts();
    kill();
  }

  private void startDaemons() {
    for (int i = 0; i < DAEMONS; i++) {
      SoakDaemon daemon =
          SoakDaemon.start(daemons.stream().map(SoakDaemon::url).toArray(String[]::new));
      daemons.forEach(before -> daemon.awaitLinked(before.id()));
      daemons.add(daemon);
    }
  }

  /** Each has two daemons to be attached to, so that it can outlive one. */
  private ScaleGuest join(int i) throws IOException {
    return ScaleGuest.join(
        KEY, daemons.get(i % DAEMONS).url(), daemons.get((i + 1) % DAEMONS).url());
  }

  private void joinAll() throws Exception {
    long startNs = System.nanoTime();
    for (int i = 0; i < MEMBERS; i++) {
      guests.add(join(i));
    }
    double startedS = secondsSince(startNs);
    await("all see all", guest -> guest.present() == MEMBERS - 1);
    tell(
        "%d members started in %.1f s; all saw all %.1f s after the first had begun",
        MEMBERS, startedS, secondsSince(startNs));
  }

  /**
   * A million memberships have been checked in this process, which has something to do for a while
   * after that: waits until what is said is heard at once.
   */
  private void settle() throws Exception {
    for (int quick = 0; quick < SETTLED; ) {
      quick = broadcastSeconds(guests.get(0)) < SETTLED_S ? quick + 1 : 0;
      TimeUnit.MILLISECONDS.sleep(10 * LOOK_MS);
    }
  }

  /** Says something to all; after how many seconds all have heard it. */
  private double broadcastSeconds(ScaleGuest author) throws InterruptedException {
    long startNs = System.nanoTime();
    int number = author.broadcast();
    await("all hear", guest -> guest == author || guest.lastFrom(author) >= number);
    return secondsSince(startNs);
  }

  /** Members leave, one after the other, and others come for them. */
  private void changes() throws Exception {
    List<Double> leavesMs = new ArrayList<>();
    List<Double> joinsMs = new ArrayList<>();
    for (int i = 0; i < CHANGES; i++) {
      long startNs = System.nanoTime();
      guests.remove(guests.size() / 2).close();
      await("all see the leave", guest -> guest.present() == guests.size() - 1);
      leavesMs.add(1e3 * secondsSince(startNs));
      startNs = System.nanoTime();
      guests.add(join(i));
      await("all see the join", guest -> guest.present() == guests.size() - 1);
      joinsMs.add(1e3 * secondsSince(startNs));
    }
    tell("%d leaves seen by all after %s", CHANGES, spread(leavesMs));
    tell(
        "%d joins, of peers that were started for it, seen by all after %s",
        CHANGES, spread(joinsMs));
  }

  private void broadcasts() throws Exception {
    ScaleGuest author = guests.get(0);
    long framesBefore = author.framesSent();
    long heardBefore = heard();
    List<Double> tookMs = new ArrayList<>();
    for (int i = 0; i < BROADCASTS; i++) {
      tookMs.add(1e3 * broadcastSeconds(author));
    }
    double frames = (double) (author.framesSent() - framesBefore) / BROADCASTS;
    tell(
        "%d broadcasts heard by all %d others after %s; %.2f frames of the sender each, pings and"
            + " questions included",
        BROADCASTS, guests.size() - 1, spread(tookMs), frames);
    assertEquals((long) BROADCASTS * (guests.size() - 1), heard() - heardBefore, "heard");
    assertTrue(frames < 2, "frames of the sender");
  }

  private long heard() {
    return guests.stream().mapToLong(ScaleGuest::heard).sum();
  }

  /** Who was attached to the daemon hears others and is heard again. */
  private void kill() throws Exception {
    long leavesBefore = leaves();
    ScaleGuest probe =
        guests.stream().filter(g -> !g.isLinked(daemons.get(0))).findAny().orElseThrow();
    long startNs = System.nanoTime();
    daemons.get(0).kill();
    // Nothing that is said from here on was carried by the daemon that is gone.
    int first = probe.broadcast();
    while (!others(probe).stream().allMatch(guest -> guest.lastFrom(probe) >= first)) {
      checkTime(startNs, "all hear the probe");
      probe.broadcast();
      TimeUnit.MILLISECONDS.sleep(10 * LOOK_MS);
    }
    double hearS = secondsSince(startNs);
    // So that who said something before counts when it says more.
    probe.forgetHeard();
    List<ScaleGuest> unheard = others(probe);
    while (!unheard.isEmpty()) {
      checkTime(startNs, "all are heard by the probe");
      unheard.forEach(guest -> guest.tell(probe));
      TimeUnit.MILLISECONDS.sleep(10 * LOOK_MS);
      unheard.removeIf(guest -> probe.lastFrom(guest) > 0);
    }
    double heardS = secondsSince(startNs);
    TimeUnit.MILLISECONDS.sleep((long) (1e3 * Math.max(0, 2 * MAX_BACK_S - heardS)));
    tell(
        "a daemon was killed: all heard what was said since after %.1f s, all were heard after"
            + " %.1f s; %d leaves seen in %.0f s",
        hearS, heardS, leaves() - leavesBefore, secondsSince(startNs));
    assertTrue(hearS <= MAX_BACK_S && heardS <= MAX_BACK_S, "back in time");
    assertEquals(0, leaves() - leavesBefore, "survivors that somebody saw leave");
  }

  private List<ScaleGuest> others(ScaleGuest probe) {
    return guests.stream().filter(guest -> guest != probe).collect(Collectors.toList());
  }

  private long leaves() {
    return guests.stream().mapToLong(ScaleGuest::leaves).sum();
  }

  private void await(String what, Predicate<ScaleGuest> holds) throws InterruptedException {
    long startNs = System.nanoTime();
    for (ScaleGuest guest : guests) {
      while (!holds.test(guest)) {
        checkTime(startNs, what);
        TimeUnit.MILLISECONDS.sleep(1);
      }
    }
  }

  private static void checkTime(long startNs, String what) {
    assertTrue(secondsSince(startNs) < DEADLINE_S, what);
  }

  private static double secondsSince(long startNs) {
    return (System.nanoTime() - startNs) / 1e9;
  }

  private static String spread(List<Double> ms) {
    List<Double> sorted = ms.stream().sorted().toList();
    return String.format(
        Locale.ROOT,
        "%.0f ms (median), %.0f ms (most)",
        sorted.get(sorted.size() / 2),
        sorted.get(sorted.size() - 1));
  }

  private static void tell(String text, Object... values) {
    System.out.println("soak: swarms: " + String.format(Locale.ROOT, text, values));
  }
}
