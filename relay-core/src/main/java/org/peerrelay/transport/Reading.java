package org.peerrelay.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.util.AttributeKey;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.peerrelay.relay.Counters;
import org.peerrelay.relay.Refusal;

/**
 * Whether a connection is being read, which nobody else decides: not while it is held, and not for
 * a moment after it has sent more than it may. Then what it sends on waits in the system's buffers,
 * and its sender's TCP slows. Event loop only.
 *
 * <p>Of a connection of plain HTTP only TLS is paced, each record of which counts as a frame:
 * requests have their turns, which {@link #allow} tells.
 */
public final class Reading {
  private static final AttributeKey<Reading> OF_REQUESTS =
      AttributeKey.valueOf(Reading.class, "requests");

  /**
   * What may wait to be sent when records come with nothing in them. TLS answers some of these,
   * even to one who does not read; a link keeps less than a third of this beside its queue.
   */
  static final int MAX_UNSENT_BYTES = 1_048_576;

  private final Channel channel;
  private final Supplier<ConnectionLimits> limits;
  private final Counters counters;
  private final ReadPace pace = new ReadPace(System.nanoTime());
  private final @Nullable TlsIntake intake;

  /** How often something was read in this turn, each time out of a record of its own. */
  private int reads;

  private @Nullable Future<?> pause;
  private boolean held;

  Reading(Channel channel, LinkHost host) {
    this.channel = channel;
    this.limits = host.limits();
    this.counters = host.counters();
    this.intake = TlsIntake.of(channel);
    if (intake != null) {
      // What came before is not for this one to judge.
      intake.takeRecords();
      intake.takeBytes();
    }
  }

  /** That of a connection over which requests come from now on. */
  static Reading ofRequests(Channel channel, LinkHost host) {
    Reading reading = new Reading(channel, host);
    channel.attr(OF_REQUESTS).set(reading);
    return reading;
  }

  /** Has the requests that come next over a connection read, or not for now. */
  public static void allow(Channel channel, boolean requests) {
    Reading reading = channel.attr(OF_REQUESTS).get();
    if (reading == null) {
      channel.config().setAutoRead(requests);
    } else if (requests) {
      reading.release();
    } else {
      reading.hold();
    }
  }

  /**
   * Something was read. It counts as a frame at least, lest pieces of frames cost nothing; and with
   * TLS as so many bytes as came through the socket.
   *
   * @param chosen whether the other end is a relay in the table, or one that this node has dialed
   * @return for how long nothing more is read; 0 if reading goes on
   */
  long onRead(int frames, int bytes, boolean chosen, long nowNs) {
    reads++;
    int read = intake == null ? bytes : intake.takeBytes();
    return charge(Math.max(1, frames), read, chosen, nowNs);
  }

  /**
   * All that came is read; records of TLS that brought nothing to read count as frames.
   *
   * @return as {@link #onRead}
   */
  long onReadComplete(boolean chosen) {
    int empty = intake == null ? 0 : intake.takeRecords() - reads;
    reads = 0;
    return intake == null || empty <= 0
        ? 0
        : charge(empty, intake.takeBytes(), chosen, System.nanoTime());
  }

  /** Whether TLS has answered more than the other end has read. */
  boolean isStuck() {
    if (intake == null || channel.isWritable()) {
      return false;
    }
    ChannelOutboundBuffer unsent = channel.unsafe().outboundBuffer();
    return unsent != null && unsent.totalPendingWriteBytes() > MAX_UNSENT_BYTES;
  }

  private long charge(int frames, int bytes, boolean chosen, long nowNs) {
    int times = chosen ? ConnectionLimits.RELAY_TIMES : 1;
    long pauseNs = pace.pauseNs(frames, bytes, limits.get(), times, nowNs);
    if (pauseNs == 0 || pause != null) {
      return 0;
    }
    counters.countRefused(Refusal.LINK_RATE);
    channel.config().setAutoRead(false);
    pause = channel.eventLoop().schedule(this::resume, pauseNs, TimeUnit.NANOSECONDS);
    return pauseNs;
  }

  private void resume() {
    pause = null;
    readOn();
  }

  /** Nothing is read until {@link #release}. */
  void hold() {
    held = true;
    channel.config().setAutoRead(false);
  }

  /** What was held may be read. */
  void release() {
    held = false;
    readOn();
  }

  private void readOn() {
    if (!held && pause == null && channel.isActive()) {
      channel.config().setAutoRead(true);
    }
  }

  /** From now on somebody else decides. */
  void end() {
    channel.attr(OF_REQUESTS).compareAndSet(this, null);
    if (pause != null) {
      pause.cancel(false);
    }
  }
}
