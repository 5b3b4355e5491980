package org.peerrelay.daemon;

import java.time.Duration;
import java.util.concurrent.CompletionException;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.Payload;

/**
 * One message that is to be acknowledged.
 *
 * @param linked who sends it
 * @param to the receiver
 * @param payload what is sent
 * @param timeout how long the acknowledgement may take, all attempts included
 */
record Delivery(LinkedPeer linked, PeerId to, Payload payload, TimeoutOption timeout) {
  /** The first pause; each one after it is twice as long. */
  private static final long PAUSE_MS = 100;

  private static final int MAX_ATTEMPTS = 5;

  /**
   * Sends it, and again where a relay says that there is no such peer: one that has just come, or
   * has moved, is found a moment later.
   *
   * @return the time from the last attempt to the acknowledgement
   */
  Duration complete() throws CommandFailedException, InterruptedException {
    linked.awaitWayBack(to);
    long endNs = System.nanoTime() + timeout.duration().toNanos();
    for (int attempt = 1; ; attempt++) {
      long leftMs = Math.max(1, (endNs - System.nanoTime()) / 1_000_000);
      try {
        return linked.peer().sendAcknowledged(to, payload, Duration.ofMillis(leftMs)).join();
      } catch (CompletionException e) {
        Loss loss = Loss.of(e, linked.isLinked(), timeout);
        long pauseMs = PAUSE_MS << (attempt - 1);
        long nowNs = System.nanoTime();
        boolean inTime = endNs - nowNs > pauseMs * 1_000_000;
        if (!loss.mayPass() || attempt == MAX_ATTEMPTS || !inTime) {
          throw failure(loss, e);
        }
        Thread.sleep(pauseMs);
      }
    }
  }

  private CommandFailedException failure(Loss loss, Throwable cause) {
    String message =
        loss.status() == ExitStatus.NO_ANSWER
            ? "not acknowledged by %s: %s (expected: a peer that acknowledges; npm peers never do);"
                + " it may have the message all the same"
            : "not delivered to %s: %s";
    return new CommandFailedException(loss.status(), message.formatted(to, loss.words()), cause);
  }
}
