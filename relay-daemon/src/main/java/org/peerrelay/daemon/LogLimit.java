package org.peerrelay.daemon;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;

/**
 * Keeps those who cause log events from filling the disk: of each kind so many are written in a
 * period, and fewer of those that are about one address or peer. How many were left out is told
 * when the next of the kind comes after the period. Any thread.
 *
 * <p>A kind is what stands in the program, its words without what is put into them.
 */
final class LogLimit extends TurboFilter {
  /** How long counts last. */
  static final long PERIOD_NS = TimeUnit.SECONDS.toNanos(10);

  /** Enough to see what somebody does. */
  static final int MAX_PER_ADDRESS = 10;

  /** Addresses and ids can be changed at will. */
  static final int MAX_PER_KIND = 100;

  /** How many are counted at once. Those that had none for longest are forgotten. */
  static final int MAX_COUNTED = 1_024;

  /** What is counted together; no address if it is all of a kind. */
  private record Counted(String logger, String words, @Nullable String address) {}

  private static final class Count {
    final long sinceNs;
    int events;

    Count(long sinceNs) {
      this.sinceNs = sinceNs;
    }

    int leftOut(int max) {
      return Math.max(0, events - max);
    }
  }

  private final LongSupplier clockNs;
  private final Map<Counted, Count> counts =
      new LinkedHashMap<>(16, 0.75F, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Counted, Count> eldest) {
          return size() > MAX_COUNTED;
        }
      };

  /** A limit by a clock that never goes back. */
  LogLimit(LongSupplier clockNs) {
    this.clockNs = clockNs;
  }

  @Override
  public FilterReply decide(
      @Nullable Marker marker,
      Logger logger,
      Level level,
      @Nullable String words,
      Object @Nullable [] values,
      @Nullable Throwable failure) {
    boolean own = logger.getName().equals(LogLimit.class.getName());
    if (words == null || own || !level.isGreaterOrEqual(logger.getEffectiveLevel())) {
      return FilterReply.NEUTRAL; // Only asked, or not written anyway.
    }
    String address = values == null || values.length == 0 ? null : address(values[0]);
    Counted kind = new Counted(logger.getName(), words, null);
    boolean written;
    int leftOut;
    synchronized (counts) {
      long nowNs = clockNs.getAsLong();
      leftOut = renew(kind, MAX_PER_KIND, nowNs);
      written = true;
      if (address != null) {
        Counted one = new Counted(logger.getName(), words, address);
        leftOut += renew(one, MAX_PER_ADDRESS, nowNs);
        written = count(one, MAX_PER_ADDRESS);
      }
      written = written && count(kind, MAX_PER_KIND);
    }
    if (leftOut > 0) {
      String name = logger.getName().substring(logger.getName().lastIndexOf('.') + 1);
      Logger told = logger.getLoggerContext().getLogger(LogLimit.class);
      told.warn("{} more were left out, of {}: {}", leftOut, name, words);
    }
    return written ? FilterReply.NEUTRAL : FilterReply.DENY;
  }

  /** Begins to count anew if the period is over; returns how many were left out in the last. */
  private int renew(Counted what, int max, long nowNs) {
    Count count = counts.get(what);
    if (count != null && nowNs - count.sinceNs < PERIOD_NS) {
      return 0;
    }
    counts.put(what, new Count(nowNs));
    return count == null ? 0 : count.leftOut(max);
  }

  /** Tells whether the event is one of those that are written. */
  private boolean count(Counted what, int max) {
    Count count = counts.get(what);
    return count == null || ++count.events <= max;
  }

  private static String address(@Nullable Object first) {
    return first instanceof InetSocketAddress socket
        ? socket.getHostString()
        : String.valueOf(first);
  }
}
