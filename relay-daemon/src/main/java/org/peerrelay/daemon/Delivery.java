package org.peerrelay.daemon;

import java.time.Duration;
import java.util.concurrent.CompletionException;
import org.peerrelay.Acknowledgement;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.Payload;

/**
 * One message that is to be acknowledged.
 *
 * @param linked who sends it
 * @param to the receiver
 * @param payload what is sent
 * @param timeout how long the acknowledgement may take, all rounds included
 * @param tries how many different ways there are in a round
 */
record Delivery(LinkedPeer linked, PeerId to, Payload payload, TimeoutOption timeout, int tries) {
  /** The first pause; each one after it is twice as long. */
  private static final long PAUSE_MS = 100;

  private static final int MAX_ROUNDS = 5;

  /**
   * Sends it different ways, and once more where relays say that there is no such peer: one that
   * has just come, or has moved, is found a moment later.
   *
   * @return the time from the beginning of the last round to the acknowledgement, and the tries of
   *     all
   */
  Acknowledgement complete() throws CommandFailedException, InterruptedException {
    linked.awaitWayBack(to);
    long endNs = System.nanoTime() + timeout.duration().toNanos();
    for (int round = 1; ; round++) {
      long leftMs = Math.max(1, (endNs - System.nanoTime()) / 1_000_000);
      try {
        Acknowledgement last =
            linked.peer().sendAcknowledged(to, payload, Duration.ofMillis(leftMs), tries).join();
        return new Acknowledgement(last.roundTrip(), (round - 1) * tries + last.tries());
      } catch (CompletionException e) {
        Loss loss = Loss.of(e, linked.isLinked(), timeout);
        long pauseMs = PAUSE_MS << (round - 1);
        long nowNs = System.nanoTime();
        boolean inTime = endNs - nowNs > pauseMs * 1_000_000;
        if (!loss.mayPass() || round == MAX_ROUNDS || !inTime) {
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
