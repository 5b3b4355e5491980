package org.peerrelay.daemon.npm;

/**
 * What one run sent and received at the peers of one host, or of several added up.
 *
 * @param sent messages handed to the package
 * @param arrived different messages that reached the peer they were for
 * @param duplicates arrivals of a message that had arrived before
 * @param strayed arrivals at another peer than the one meant, or under another author's id
 * @param threw of those sent, the ones at which the package threw, as it does while a link that it
 *     chose is closing
 */
public record NpmTally(long sent, long arrived, long duplicates, long strayed, long threw) {
  static NpmTally from(JsonLine line) {
    return new NpmTally(
        line.number("sent"),
        line.number("arrived"),
        line.number("duplicates"),
        line.number("strayed"),
        line.number("threw"));
  }

  /**
   * How many did not arrive. Holds once the tallies of all hosts that the run reaches are added.
   */
  public long lost() {
    return sent - arrived;
  }

  /** The sums of this and another host's tally of the same run. */
  public NpmTally plus(NpmTally other) {
    return new NpmTally(
        sent + other.sent,
        arrived + other.arrived,
        duplicates + other.duplicates,
        strayed + other.strayed,
        threw + other.threw);
  }
}
