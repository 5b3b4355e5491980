package org.peerrelay;

import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.peerrelay.id.PeerId;
import org.peerrelay.wire.legacy.SocketForm;

/**
 * What a socket has got and not yet received, in order and bounded in bytes, and from whom it takes
 * anything. Any number of threads receive; each datagram goes to one of them.
 *
 * <p>What does not fit is dropped as it comes, which is what systems do with UDP: so a program that
 * falls behind gets what was sent together, and not fragments of everything.
 */
final class ReceiveBuffer {
  /** Roughly what a datagram takes beside its bytes, so that empty ones are not free. */
  static final int ENTRY_BYTES = 200;

  /** A datagram and its author. */
  record Arrival(PeerId from, SocketForm datagram) {
    private int bufferBytes() {
      return datagram.sizeBytes() + ENTRY_BYTES;
    }
  }

  /**
   * The peer that a socket is connected to.
   *
   * @param address its address with the port, 0 for all its ports
   */
  record Remote(PeerId id, InetSocketAddress address) {
    /** Whether that includes {@code peer} at {@code port}. */
    boolean includes(PeerId peer, int port) {
      return id.equals(peer) && (address.getPort() == 0 || address.getPort() == port);
    }

    private boolean includes(Arrival arrival) {
      return includes(arrival.from(), arrival.datagram().port());
    }
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ArrayDeque<Arrival> waiting = new ArrayDeque<>();
  private final Map<SocketDrop, Long> dropped = new EnumMap<>(SocketDrop.class);
  private int waitingBytes;
  private int maxBytes;
  private @Nullable Remote remote;
  private boolean closed;

  ReceiveBuffer(int maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** Takes in a datagram, unless it is dropped and counted. Never blocks for long. */
  void add(Arrival arrival) {
    lock.lock();
    try {
      if (closed) {
        return;
      }
      if (remote != null && !remote.includes(arrival)) {
        count(SocketDrop.NOT_CONNECTED_TO);
      } else if (arrival.bufferBytes() > maxBytes - waitingBytes) {
        count(SocketDrop.BUFFER_FULL);
      } else {
        waitingBytes += arrival.bufferBytes();
        waiting.add(arrival);
        changed.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for a datagram and takes it out. Interrupts do not end that, as they do not with UDP; the
   * interrupt status stays set.
   *
   * @param sinceNs when the waiting began
   * @param timeoutNs how long it may last; 0 for ever
   */
  Arrival take(long sinceNs, long timeoutNs) throws SocketException, SocketTimeoutException {
    boolean interrupted = false;
    lock.lock();
    try {
      while (true) {
        requireOpen();
        Arrival next = waiting.poll();
        if (next != null) {
          waitingBytes -= next.bufferBytes();
          return next;
        }
        try {
          long unused = changed.awaitNanos(leftNs(sinceNs, timeoutNs));
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      lock.unlock();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static long leftNs(long sinceNs, long timeoutNs) throws SocketTimeoutException {
    if (timeoutNs == 0) {
      return Long.MAX_VALUE;
    }
    long leftNs = timeoutNs - (System.nanoTime() - sinceNs);
    if (leftNs <= 0) {
      throw new SocketTimeoutException("Receive timed out");
    }
    return leftNs;
  }

  /** From now on takes datagrams of {@code peer} only, and drops the others that wait. */
  void connect(Remote peer) {
    lock.lock();
    try {
      if (closed) {
        return;
      }
      remote = peer;
      waiting.removeIf(
          arrival -> {
            boolean stays = peer.includes(arrival);
            if (!stays) {
              waitingBytes -= arrival.bufferBytes();
              count(SocketDrop.NOT_CONNECTED_TO);
            }
            return !stays;
          });
    } finally {
      lock.unlock();
    }
  }

  /** From now on takes datagrams of everybody. */
  void disconnect() {
    lock.lock();
    try {
      if (!closed) {
        remote = null;
      }
    } finally {
      lock.unlock();
    }
  }

  /** The one peer whose datagrams are taken; null for everybody's. */
  @Nullable Remote remote() {
    lock.lock();
    try {
      return remote;
    } finally {
      lock.unlock();
    }
  }

  /** Sets the bound; what waits already stays. */
  void setMaxBytes(int maxBytes) {
    lock.lock();
    try {
      this.maxBytes = maxBytes;
    } finally {
      lock.unlock();
    }
  }

  /** Counts a message that was dropped elsewhere. */
  void countDropped(SocketDrop reason) {
    lock.lock();
    try {
      count(reason);
    } finally {
      lock.unlock();
    }
  }

  /** How many messages were dropped for {@code reason}. */
  long dropped(SocketDrop reason) {
    lock.lock();
    try {
      return dropped.getOrDefault(reason, 0L);
    } finally {
      lock.unlock();
    }
  }

  private void count(SocketDrop reason) {
    dropped.merge(reason, 1L, Long::sum);
  }

  /** Lets everybody who waits, or will, fail. Idempotent. */
  void close() {
    lock.lock();
    try {
      closed = true;
      waiting.clear();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  /** Fails if the buffer is closed. */
  void requireOpen() throws SocketException {
    if (isClosed()) {
      throw new SocketException("Socket closed");
    }
  }
}
