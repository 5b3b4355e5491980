package org.peerrelay;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.Payload;

/**
 * Who takes what comes on which channel of a swarm: the instances of topics, and presences. Any
 * thread.
 */
final class SwarmChannels {
  /** Takes what comes on a channel; called on the control loop. */
  interface Taker {
    void onData(PeerId from, Payload payload, long nowNs);
  }

  private final int maxTakers;
  private final AtomicInteger count = new AtomicInteger();
  private final Map<Long, List<Taker>> byNumber = new ConcurrentHashMap<>();

  SwarmChannels(int maxTakers) {
    this.maxTakers = maxTakers;
  }

  /**
   * From now on {@code taker} gets what comes on that channel.
   *
   * @throws IllegalStateException if there are as many as may be
   */
  void add(long channel, Taker taker) {
    countOne();
    byNumber.merge(
        channel,
        List.of(taker),
        (some, more) -> Stream.concat(some.stream(), more.stream()).toList());
  }

  /**
   * The same for a channel that nobody else may take from.
   *
   * @throws IllegalStateException also if somebody does
   */
  void addSole(long channel, Taker taker) {
    countOne();
    if (byNumber.putIfAbsent(channel, List.of(taker)) != null) {
      count.decrementAndGet();
      throw new IllegalStateException("presence: started (expected: one of a name)");
    }
  }

  private void countOne() {
    if (count.incrementAndGet() > maxTakers) {
      count.decrementAndGet();
      throw new IllegalStateException("topics: " + maxTakers + " open (expected: fewer)");
    }
  }

  /** From now on {@code taker}, which was added, gets nothing more. */
  void remove(long channel, Taker taker) {
    count.decrementAndGet();
    byNumber.computeIfPresent(
        channel,
        (number, takers) -> {
          List<Taker> others = takers.stream().filter(other -> other != taker).toList();
          return others.isEmpty() ? null : others;
        });
  }

  /** Hands over what has come; tells whether there was anybody to take it. */
  boolean deliver(PeerId from, long channel, Payload payload, long nowNs) {
    List<Taker> takers = byNumber.getOrDefault(channel, List.of());
    takers.forEach(taker -> taker.onData(from, payload, nowNs));
    return !takers.isEmpty();
  }
}
