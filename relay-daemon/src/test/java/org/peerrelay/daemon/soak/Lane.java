package org.peerrelay.daemon.soak;

import java.io.Closeable;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.peerrelay.daemon.soak.LoadPeer.Arrival;
import org.peerrelay.message.Payload;

/**
 * Two peers at one relay, of which one sends to the other: a batch, then that is awaited, then the
 * next. So no queue overflows, and each datagram must arrive, once and in order. For one thread.
 */
final class Lane implements Closeable {
  /** Some 30 kB of a queue that holds 640 KiB. */
  private static final int BATCH = 100;

  private static final int PAYLOAD_BYTES = 100;

  private static final List<Payload> PAYLOADS =
      List.of(Payload.json('"' + "x".repeat(PAYLOAD_BYTES - 2) + '"'), Payload.bytes(bytes()));

  private final LoadPeer sender;
  private final LoadPeer receiver;
  private long nonce;

  Lane(LoadPeer sender, LoadPeer receiver) {
    this.sender = sender;
    this.receiver = receiver;
  }

  private static byte[] bytes() {
    byte[] bytes = new byte[PAYLOAD_BYTES];
    Arrays.fill(bytes, (byte) 200);
    return bytes;
  }

  /**
   * Has datagrams relayed until none is left to be; returns how many of them went this way. Lanes
   * that share what is left end together, and must: a peer that does nothing answers no ping, and
   * the relay gives it up after 45 seconds.
   *
   * @throws IOException if one does not arrive within half a minute
   * @throws AssertionError if another one arrives than is due
   */
  long relay(AtomicLong left) throws IOException {
    long relayed = 0;
    for (long count = take(left); count > 0; count = take(left)) {
      relayBatch(count);
      relayed += count;
    }
    return relayed;
  }

  private static long take(AtomicLong left) {
    return Math.min(BATCH, left.getAndAdd(-BATCH));
  }

  private void relayBatch(long count) throws IOException {
    long first = nonce;
    nonce += count;
    for (long next = first; next < nonce; next++) {
      sender.write(receiver.id(), next, payload(next));
    }
    sender.flush();
    for (long next = first; next < nonce; next++) {
      Arrival expected = new Arrival(sender.id(), next, payload(next));
      Arrival arrival = receiver.read();
      if (!arrival.equals(expected)) {
        throw new AssertionError("arrival: " + arrival + " (expected: " + expected + ")");
      }
    }
  }

  private static Payload payload(long nonce) {
    return PAYLOADS.get((int) (nonce % PAYLOADS.size()));
  }

  @Override
  public void close() throws IOException {
    sender.close();
    receiver.close();
  }
}
