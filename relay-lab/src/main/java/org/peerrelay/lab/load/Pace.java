package org.peerrelay.lab.load;

/** When messages are sent. */
public sealed interface Pace {
  /**
   * At fixed times, whatever the relay does: so a relay that stalls is charged for all that should
   * have been sent meanwhile.
   *
   * @param perSecond messages a second, by all clients together
   */
  record Rate(double perSecond) implements Pace {
    /** Checks the rate. */
    public Rate {
      if (!(perSecond > 0)) {
        throw new IllegalArgumentException("rate: " + perSecond + " (expected: over 0)");
      }
    }
  }

  /**
   * As fast as the relay delivers.
   *
   * @param inFlight how many messages are on their way at once, of all clients together
   */
  record Window(int inFlight) implements Pace {
    /** Checks the window. */
    public Window {
      if (inFlight < 1) {
        throw new IllegalArgumentException("window: " + inFlight + " (expected: 1 or more)");
      }
    }
  }
}
