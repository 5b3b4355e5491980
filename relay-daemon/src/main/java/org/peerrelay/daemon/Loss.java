package org.peerrelay.daemon;

import java.util.Locale;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import org.peerrelay.UndeliverableException;
import org.peerrelay.message.DropReason;

/**
 * Why something that was sent got no answer.
 *
 * @param status how a command ends that wanted nothing else
 * @param name one word for programs
 * @param words for people
 */
record Loss(ExitStatus status, String name, String words) {
  /** Nothing came back within {@code timeout}. */
  static Loss ofSilence(TimeoutOption timeout) {
    return new Loss(ExitStatus.NO_ANSWER, "NO_ANSWER", "no answer within " + timeout);
  }

  /**
   * Told by a relay, or by the peer itself where there was no relay to tell.
   *
   * @param linked whether there was a relay
   */
  static Loss of(DropReason reason, boolean linked) {
    if (!linked || reason == DropReason.NO_LINK || reason == DropReason.CLOSED) {
      return new Loss(ExitStatus.NO_LINK, "NO_LINK", "the link with the relay broke");
    }
    return new Loss(ExitStatus.UNDELIVERABLE, reason.name(), words(reason));
  }

  /** What {@link org.peerrelay.Peer} has failed with. */
  static Loss of(Throwable failure, boolean linked, TimeoutOption timeout) {
    if (failure instanceof CompletionException && failure.getCause() != null) {
      return of(failure.getCause(), linked, timeout);
    }
    if (failure instanceof UndeliverableException undeliverable) {
      return of(undeliverable.reason(), linked);
    }
    if (failure instanceof TimeoutException) {
      return ofSilence(timeout);
    }
    throw new IllegalStateException("neither an answer nor none", failure);
  }

  /** Whether it may be another way in a moment: the peer may only just have come, or moved. */
  boolean mayPass() {
    return name.equals(DropReason.NO_ROUTE.name()) || name.equals(DropReason.NOT_HERE.name());
  }

  private static String words(DropReason reason) {
    return switch (reason) {
      case NO_ROUTE -> "no such peer; no relay knows a way to it";
      case NOT_HERE -> "no such peer; it is not at the relay where it was last";
      case HOP_LIMIT -> "it is too many relays away";
      case QUEUE_FULL -> "it reads too slowly, and its relay's queue is full";
      case RATE_LIMITED -> "a relay takes no more from here for now";
      case TOO_LARGE -> "too large for the way to it";
      case MALFORMED -> "it is a legacy peer, which cannot be given that";
      default -> reason.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    };
  }
}
