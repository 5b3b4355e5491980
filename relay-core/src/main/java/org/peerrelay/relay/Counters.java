package org.peerrelay.relay;

import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.peerrelay.message.CloseReason;
import org.peerrelay.message.DropReason;

/**
 * Counts what became of datagrams and links since the node began, and what it has refused. Any
 * number of threads.
 *
 * <p>What passes is counted where it does, link by link, and asked here: a counter that all threads
 * share is a locked instruction, which waits for whatever memory is under way.
 */
public final class Counters {
  /**
   * What has passed, over all links so far.
   *
   * @param received frames that came in, datagrams or not
   * @param forwarded copies of datagrams that were written, of others' and of our own
   */
  public record Passed(long received, long forwarded) {
    private static final Passed NOTHING = new Passed(0, 0);
  }

  /** One moment's values; a reason that never occurred counts zero. */
  public record Snapshot(
      long received,
      long originated,
      long delivered,
      long forwarded,
      Map<DropReason, Long> dropped,
      Map<CloseReason, Long> closed,
      Map<Refusal, Long> refused,
      long linked,
      long abandoned,
      Map<CloseReason, Long> unlinked) {
    /** Copies the maps. */
    public Snapshot {
      dropped = Map.copyOf(dropped);
      closed = Map.copyOf(closed);
      refused = Map.copyOf(refused);
      unlinked = Map.copyOf(unlinked);
    }

    /** Drops of every reason together. */
    public long droppedInAll() {
      return dropped.values().stream().mapToLong(Long::longValue).sum();
    }
  }

  private final LongAdder originated = new LongAdder();
  private final LongAdder delivered = new LongAdder();
  private final NamedCounts<DropReason> dropped = new NamedCounts<>(DropReason.class);
  private final NamedCounts<CloseReason> closed = new NamedCounts<>(CloseReason.class);
  private final NamedCounts<Refusal> refused = new NamedCounts<>(Refusal.class);
  private final LongAdder linked = new LongAdder();
  private final LongAdder abandoned = new LongAdder();
  private final NamedCounts<CloseReason> unlinked = new NamedCounts<>(CloseReason.class);
  private volatile Supplier<Passed> passed = () -> Passed.NOTHING;

  /** From now on {@code passed} is asked, by any thread, what has passed. */
  public void ask(Supplier<Passed> passed) {
    this.passed = passed;
  }

  /** Datagrams that this node itself sent. */
  public void countOriginated() {
    originated.increment();
  }

  /** Datagrams that were for this node. */
  public void countDelivered() {
    delivered.increment();
  }

  /** Datagrams that ended here, by reason. */
  public void countDropped(DropReason reason) {
    dropped.count(reason);
  }

  /** Links that this node closed, by reason. */
  public void countClosed(CloseReason reason) {
    closed.count(reason);
  }

  /** What else this node has refused, by what it was. */
  public void countRefused(Refusal refusal) {
    refused.count(refusal);
  }

  /** Handshakes that ended in a link. */
  public void countLinked() {
    linked.increment();
  }

  /** Handshakes whose other end hung up. */
  public void countAbandoned() {
    abandoned.increment();
  }

  /** Handshakes that this node ended without a link, by reason. */
  public void countUnlinked(CloseReason reason) {
    unlinked.count(reason);
  }

  /** The present values; not one instant's, since counting goes on. */
  public Snapshot snapshot() {
    Passed now = passed.get();
    return new Snapshot(
        now.received(),
        originated.sum(),
        delivered.sum(),
        now.forwarded(),
        dropped.snapshot(),
        closed.snapshot(),
        refused.snapshot(),
        linked.sum(),
        abandoned.sum(),
        unlinked.snapshot());
  }
}
