package org.peerrelay.overlay;

import java.util.Comparator;
import org.peerrelay.relay.Link;

/** An accepted link and what the control plane keeps about it. Owned by {@link Neighbours}. */
final class Neighbour {
  private static final long NOT_PINGED = Long.MIN_VALUE;

  /** The one linked for longest first. */
  static final Comparator<Neighbour> BY_AGE = (a, b) -> Long.signum(a.sinceNs - b.sinceNs);

  final Link link;
  final long sinceNs;
  private long pingedNs = NOT_PINGED;
  private long answerByNs;
  private boolean pingedAgain;
  private boolean askedFor;
  private boolean leaving;
  private boolean goingDown;

  Neighbour(Link link, long nowNs) {
    this.link = link;
    this.sinceNs = nowNs;
  }

  /** The operator or the application wants this link. */
  void askFor() {
    askedFor = true;
  }

  /** Whether the operator or the application wants this link. */
  boolean isAskedFor() {
    return askedFor;
  }

  /** The link is being closed from here. */
  void leave() {
    leaving = true;
  }

  /** Whether the link is being closed from here. */
  boolean isLeaving() {
    return leaving;
  }

  /** The other end goes down soon. */
  void goDown() {
    goingDown = true;
  }

  /** Whether the other end goes down soon. */
  boolean isGoingDown() {
    return goingDown;
  }

  /** A ping goes out now, to be answered by anything before {@code answerByNs}. */
  void onPing(long nowNs, long answerByNs) {
    this.pingedNs = nowNs;
    this.answerByNs = answerByNs;
    this.pingedAgain = false;
  }

  /** Another ping goes out while one is out: whatever answers either has to come before then. */
  void onPingAgain(long answerByNs) {
    this.answerByNs = answerByNs;
    this.pingedAgain = true;
  }

  /** Whether the ping that is out is the second since anything was heard. */
  boolean isPingedAgain() {
    return pingedAgain;
  }

  /** The ping that is out has to be answered before {@code answerByNs}, if that is sooner. */
  void hurry(long answerByNs) {
    if (answerByNs - this.answerByNs < 0) {
      this.answerByNs = answerByNs;
    }
  }

  /** Whether a ping is out that nothing has answered. */
  boolean awaitsAnswer() {
    return pingedNs != NOT_PINGED && link.lastHeardNs() - pingedNs < 0;
  }

  boolean overdue(long nowNs) {
    return awaitsAnswer() && nowNs - answerByNs >= 0;
  }
}
