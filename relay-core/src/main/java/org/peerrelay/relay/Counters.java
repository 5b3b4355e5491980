package org.peerrelay.relay;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import org.peerrelay.message.CloseReason;
import org.peerrelay.message.DropReason;

/** Counts what became of datagrams and links since the node began. Any number of threads. */
public final class Counters {
  /** One moment's values; a reason that never occurred counts zero. */
  public record Snapshot(
      long received,
      long originated,
      long delivered,
      long forwarded,
      Map<DropReason, Long> dropped,
      Map<CloseReason, Long> closed) {
    /** Copies the maps. */
    public Snapshot {
      dropped = Map.copyOf(dropped);
      closed = Map.copyOf(closed);
    }

    /** Drops of every reason together. */
    public long droppedInAll() {
      return dropped.values().stream().mapToLong(Long::longValue).sum();
    }
  }

  private final LongAdder received = new LongAdder();
  private final LongAdder originated = new LongAdder();
  private final LongAdder delivered = new LongAdder();
  private final LongAdder forwarded = new LongAdder();
  private final ByName<DropReason> dropped = new ByName<>(DropReason.class);
  private final ByName<CloseReason> closed = new ByName<>(CloseReason.class);

  /** Frames that came in on links, datagrams or not. */
  public void countReceived() {
    received.increment();
  }

  /** Datagrams that this node itself sent. */
  public void countOriginated() {
    originated.increment();
  }

  /** Datagrams that were for this node. */
  public void countDelivered() {
    delivered.increment();
  }

  /** Copies of datagrams handed to links, of others' and of our own. */
  public void countForwarded() {
    forwarded.increment();
  }

  /** Datagrams that ended here, by reason. */
  public void countDropped(DropReason reason) {
    dropped.increment(reason);
  }

  /** Links that this node closed, by reason. */
  public void countClosed(CloseReason reason) {
    closed.increment(reason);
  }

  /** The present values; not one instant's, since counting goes on. */
  public Snapshot snapshot() {
    return new Snapshot(
        received.sum(),
        originated.sum(),
        delivered.sum(),
        forwarded.sum(),
        dropped.snapshot(),
        closed.snapshot());
  }

  private static final class ByName<E extends Enum<E>> {
    private final Map<E, LongAdder> counts;

    ByName(Class<E> names) {
      counts = new EnumMap<>(names);
      for (E name : names.getEnumConstants()) {
        counts.put(name, new LongAdder());
      }
    }

    void increment(E name) {
      Objects.requireNonNull(counts.get(name)).increment();
    }

    Map<E, Long> snapshot() {
      return counts.entrySet().stream()
          .collect(Collectors.toMap(Map.Entry::getKey, count -> count.getValue().sum()));
    }
  }
}
