package org.peerrelay.daemon.soak;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.peerrelay.daemon.soak.Talker.Received;
import org.peerrelay.message.Payload;

/**
 * Peers that send each other messages at a steady rate, each to a random other one. Whatever
 * arrives is checked against what was sent: author, target and content.
 */
final class Conversation {
  private static final int MESSAGES_PER_SECOND = 100;
  private static final long PERIOD_NS = TimeUnit.SECONDS.toNanos(1) / MESSAGES_PER_SECOND;

  /** So many are sent, then all that has not come yet is waited for. */
  private static final int BATCH = 500;

  /** To how many others each one sends at the end, behind what may still be on the way. */
  private static final int LAST_LAPS = 3;

  /** Unexpected arrivals that are told one by one. */
  private static final int MAX_TOLD = 5;

  private final String name;
  private final List<Talker> talkers;
  private final Random random;
  private final MixedPayloads payloads;
  private final Map<Talker, Set<Received>> due = new HashMap<>();
  private final List<String> unexpected = new ArrayList<>();
  private long sent;
  private long sentBytes;
  private long arrived;
  private long unexpectedCount;

  Conversation(String name, List<? extends Talker> talkers, long seed) {
    this.name = name;
    this.talkers = List.copyOf(talkers);
    this.random = new Random(seed);
    this.payloads = new MixedPayloads(random);
    talkers.forEach(talker -> due.put(talker, new HashSet<>()));
  }

  /**
   * Lets them talk.
   *
   * @throws AssertionError if one message is lost, comes twice, elsewhere or changed
   */
  void last(Duration duration) {
    long startNs = System.nanoTime();
    try {
      for (long n = 0; n * PERIOD_NS < duration.toNanos(); n++) {
        awaitTurn(startNs + n * PERIOD_NS);
        sendToAnyone(talkers.get(random.nextInt(talkers.size())));
        if (sent % BATCH == 0) {
          settle();
        }
      }
      settle();
      lastLaps();
    } finally {
      report(Duration.ofNanos(System.nanoTime() - startNs));
    }
    if (unexpectedCount > 0) {
      throw new AssertionError(
          "arrivals that were not sent so, or not so often: %d (expected: 0), such as %s"
              .formatted(unexpectedCount, unexpected));
    }
  }

  /** Paces the sender; a late one sends what is due without a pause. */
  private static void awaitTurn(long turnNs) {
    for (long leftNs = turnNs - System.nanoTime();
        leftNs > 0;
        leftNs = turnNs - System.nanoTime()) {
      LockSupport.parkNanos(leftNs);
    }
  }

  private void sendToAnyone(Talker author) {
    Talker target = author;
    while (target == author) {
      target = talkers.get(random.nextInt(talkers.size()));
    }
    send(author, target);
  }

  private void send(Talker author, Talker target) {
    Payload payload = payloads.draw(sent);
    dueAt(target).add(new Received(author.id(), payload));
    author.send(target.id(), payload);
    sent++;
    sentBytes += payload.sizeBytes();
  }

  private Set<Received> dueAt(Talker target) {
    return due.computeIfAbsent(target, talker -> new HashSet<>());
  }

  private void settle() {
    for (Talker target : talkers) {
      Set<Received> expected = dueAt(target);
      while (!expected.isEmpty()) {
        take(target, expected);
      }
    }
  }

  private static Received next(Talker target, Set<Received> expected) {
    try {
      return target.next();
    } catch (AssertionError lost) {
      throw new AssertionError(
          "lost on the way to %s: %d, such as %s"
              .formatted(target.id(), expected.size(), expected.iterator().next()),
          lost);
    }
  }

  private void take(Talker target, Set<Received> expected) {
    Received received = next(target, expected);
    if (expected.remove(received)) {
      arrived++;
    } else {
      unexpected(target, received);
    }
  }

  private void unexpected(Talker target, Received received) {
    unexpectedCount++;
    if (unexpected.size() < MAX_TOLD) {
      unexpected.add("at " + target.id() + ": " + received);
    }
  }

  /** What comes twice over another way comes before these, or between them. */
  private void lastLaps() {
    for (int lap = 1; lap <= Math.min(LAST_LAPS, talkers.size() - 1); lap++) {
      for (int i = 0; i < talkers.size(); i++) {
        send(talkers.get(i), talkers.get((i + lap) % talkers.size()));
      }
      settle();
    }
    for (Talker talker : talkers) {
      talker.rest().forEach(received -> unexpected(talker, received));
    }
  }

  private void report(Duration taken) {
    System.out.printf(
        "soak: %s: %d peers, %d s, sent %d messages (%.1f MB), received once %d, missing %d, "
            + "twice or otherwise wrong %d%n",
        name,
        talkers.size(),
        taken.toSeconds(),
        sent,
        sentBytes / 1e6,
        arrived,
        sent - arrived,
        unexpectedCount);
  }
}
