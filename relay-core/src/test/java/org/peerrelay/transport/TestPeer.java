package org.peerrelay.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.peerrelay.Peer;
import org.peerrelay.PeerBuilder;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.DropReason;
import org.peerrelay.message.Payload;

/** A peer with its events in queues. Every wait fails after a generous time. */
public final class TestPeer implements AutoCloseable {
  private static final long DEADLINE_S = 20;
  private static final long RESEND_MS = 200;

  /** A message that came. */
  public record Received(PeerId from, Payload payload) {}

  /** A message that is known to be lost. */
  public record Lost(PeerId to, DropReason reason) {}

  private final BlockingQueue<Received> messages = new LinkedBlockingQueue<>();
  private final BlockingQueue<Lost> undeliverable = new LinkedBlockingQueue<>();
  private final Set<PeerId> linked = new HashSet<>();
  private final Peer peer;
  private int linksMade;

  private TestPeer(PeerBuilder builder) throws IOException {
    this.peer =
        builder
            .onMessage((from, payload) -> messages.add(new Received(from, payload)))
            .onUndeliverable((to, reason) -> undeliverable.add(new Lost(to, reason)))
            .onPeer(this::onPeer)
            .onPeerLost(this::onPeerLost)
            .start();
  }

  private synchronized void onPeer(PeerId id) {
    linked.add(id);
    linksMade++;
    notifyAll();
  }

  private synchronized void onPeerLost(PeerId id) {
    linked.remove(id);
    notifyAll();
  }

  /** A free port of this machine's loopback address. */
  public static InetSocketAddress anyPort() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  /** A peer as {@code settings} make it. */
  public static TestPeer of(Function<PeerBuilder, PeerBuilder> settings) throws IOException {
    return new TestPeer(settings.apply(Peer.builder()));
  }

  /** A relay on a free port. */
  public static TestPeer relay(String... bootstraps) throws IOException {
    return of(builder -> bootstrapped(builder.listen(anyPort()), bootstraps));
  }

  /** A peer that only sends and receives, linked with all that it bootstraps to. */
  public static TestPeer leaf(TestPeer... relays) throws IOException {
    PeerBuilder builder = Peer.builder();
    for (TestPeer relay : relays) {
      builder.bootstrap(relay.url());
    }
    TestPeer leaf = new TestPeer(builder);
    for (TestPeer relay : relays) {
      leaf.awaitLink(relay);
    }
    return leaf;
  }

  /** Waits until {@code other}, which may have come a moment ago, answers. */
  public void awaitReached(TestPeer other) {
    for (int i = 0; i < 100; i++) {
      try {
        peer.ping(other.id(), Duration.ofMillis(200)).join();
        return;
      } catch (CompletionException notYet) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
      }
    }
    throw new AssertionError(other.id() + " does not answer");
  }

  private static PeerBuilder bootstrapped(PeerBuilder builder, String... urls) {
    for (String url : urls) {
      builder.bootstrap(url);
    }
    return builder;
  }

  public Peer peer() {
    return peer;
  }

  public PeerId id() {
    return peer.id();
  }

  public String url() {
    return Objects.requireNonNull(peer.url());
  }

  public InetSocketAddress address() {
    return Objects.requireNonNull(peer.address());
  }

  /** Waits until both ends know of the link between this peer and {@code other}. */
  public void awaitLink(TestPeer other) {
    await(() -> linked.contains(other.id()), "linked with " + other.id());
    other.await(() -> other.linked.contains(id()), "linked with " + id());
  }

  public void awaitLinked(PeerId id) {
    await(() -> linked.contains(id), "linked with " + id);
  }

  public void awaitLost(PeerId id) {
    await(() -> !linked.contains(id), "no longer linked with " + id);
  }

  /** Waits until there have been so many links in all. */
  public void awaitLinksMade(int count) {
    await(() -> linksMade >= count, count + " links made");
  }

  /** Waits until there are so many links at once. */
  public void awaitLinks(int count) {
    await(() -> linked.size() == count, "linked with " + count);
  }

  /** Waits until something is so that nobody tells of. */
  public static void awaitUntil(BooleanSupplier condition, String what) {
    long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_S);
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() - endNs < 0, () -> "not " + what);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
    }
  }

  public synchronized int linksMade() {
    return linksMade;
  }

  public synchronized Set<PeerId> linked() {
    return Set.copyOf(linked);
  }

  private synchronized void await(BooleanSupplier condition, String what) {
    long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_S);
    while (!condition.getAsBoolean()) {
      long leftMs = TimeUnit.NANOSECONDS.toMillis(endNs - System.nanoTime());
      assertTrue(leftMs > 0, () -> "not " + what + " but with " + linked);
      try {
        wait(leftMs);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }

  /** The next message. */
  public Received receive() {
    return next(messages, "message");
  }

  /** What has come and was not taken. */
  public int waiting() {
    return messages.size();
  }

  /** The next message that is known to be lost. */
  public Lost lost() {
    return next(undeliverable, "undeliverable message");
  }

  private <T> T next(BlockingQueue<T> queue, String what) {
    try {
      T next = queue.poll(DEADLINE_S, TimeUnit.SECONDS);
      if (next == null) {
        throw new AssertionError("no " + what + " at " + id());
      }
      return next;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Sends to {@code to} and waits until it is there. */
  public void assertReaches(TestPeer to) {
    Payload payload = Payload.json(Long.toString(System.nanoTime()));
    peer.send(to.id(), payload);
    assertEquals(new Received(id(), payload), to.receive());
  }

  /** As {@link #assertReaches}, but what is lost is sent again, until something arrives. */
  public void assertReachesInTheEnd(TestPeer to) {
    long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_S);
    Payload payload = Payload.json(Long.toString(endNs));
    Received expected = new Received(id(), payload);
    try {
      do {
        assertTrue(System.nanoTime() - endNs < 0, () -> "no message at " + to.id());
        peer.send(to.id(), payload);
      } while (!expected.equals(to.messages.poll(RESEND_MS, TimeUnit.MILLISECONDS)));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    peer.close();
  }
}
