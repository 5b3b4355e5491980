package org.peerrelay.daemon;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.peerrelay.Peer;
import org.peerrelay.PeerBuilder;
import org.peerrelay.id.PeerId;
import org.peerrelay.transport.WebSocketUrl;

/** A peer of one short errand: it is linked with a relay before it is used. Any thread. */
final class LinkedPeer implements AutoCloseable {
  /** How long each of the pings may take that look for the way back. */
  private static final long[] WAY_BACK_MS = {100, 200, 400};

  private final CountDownLatch linked = new CountDownLatch(1);
  private final AtomicInteger links = new AtomicInteger();
  private final AtomicReference<@Nullable Loss> loss = new AtomicReference<>();
  private final Peer peer;

  private LinkedPeer(PeerBuilder builder, List<String> urls) throws IOException {
    builder
        .onPeer(
            relay -> {
              links.incrementAndGet();
              linked.countDown();
            })
        .onPeerLost(relay -> links.decrementAndGet())
        .onUndeliverable((to, reason) -> loss.set(Loss.of(reason, isLinked())));
    urls.forEach(builder::bootstrap);
    this.peer = builder.start();
  }

  /**
   * Waits until one of the relays at {@code urls}, or one that was met before, has taken the peer.
   *
   * @throws CommandFailedException if none does within {@code timeout}
   */
  static LinkedPeer open(PeerBuilder builder, List<String> urls, TimeoutOption timeout)
      throws CommandFailedException, IOException, InterruptedException {
    LinkedPeer opened = new LinkedPeer(builder, urls);
    if (opened.linked.await(timeout.duration().toNanos(), TimeUnit.NANOSECONDS)) {
      return opened;
    }
    opened.close();
    throw new CommandFailedException(
        ExitStatus.NO_LINK,
        "no link: %s did not answer within %s (expected: a running relay); --verbose says why"
            .formatted(
                urls.stream().map(WebSocketUrl::withoutToken).collect(Collectors.joining(", ")),
                timeout));
  }

  Peer peer() {
    return peer;
  }

  /** Whether there is a link at present. */
  boolean isLinked() {
    return links.get() > 0;
  }

  /**
   * Pings {@code to} until it answers, some times at most. Relays learn where this peer is a moment
   * after it has come, and until then they lose what is sent back to it.
   */
  void awaitWayBack(PeerId to) {
    for (long timeoutMs : WAY_BACK_MS) {
      try {
        peer.ping(to, Duration.ofMillis(timeoutMs)).join();
        return;
      } catch (CompletionException e) {
        if (!(e.getCause() instanceof TimeoutException)) {
          return; // a relay said so: its word has found the way
        }
      }
    }
  }

  /** Why a message that is not acknowledged is known to be lost; null if none is. */
  @Nullable Loss loss() {
    return loss.get();
  }

  /** Sends what is queued, and closes the links. */
  @Override
  public void close() {
    peer.close();
  }
}
