package org.peerrelay;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.peerrelay.id.PeerId;
import org.peerrelay.overlay.ConnectFailure;

/** The futures of direct links that the application waits for. Any thread. */
final class Connecting {
  private final ConcurrentHashMap<PeerId, CompletableFuture<Void>> waiting =
      new ConcurrentHashMap<>();

  /** The future of a link with {@code peer}, the same for all who wait for it. */
  CompletableFuture<Void> begin(PeerId peer) {
    return waiting.computeIfAbsent(peer, unasked -> new CompletableFuture<>()).copy();
  }

  void succeed(PeerId peer) {
    CompletableFuture<Void> future = waiting.remove(peer);
    if (future != null) {
      future.complete(null);
    }
  }

  void fail(PeerId peer, ConnectFailure failure) {
    CompletableFuture<Void> future = waiting.remove(peer);
    if (future != null) {
      future.completeExceptionally(new ConnectFailedException(peer, failure));
    }
  }
}
