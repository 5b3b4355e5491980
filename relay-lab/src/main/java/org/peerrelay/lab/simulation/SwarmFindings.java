package org.peerrelay.lab.simulation;

import java.util.Locale;

/**
 * What came of a {@link SwarmScenario}. Seconds are from when something happened until a member
 * heard of it.
 *
 * @param complete how many members knew all others once all had joined
 * @param members how many there were
 * @param joins members that came
 * @param leaves members that said that they leave
 * @param deaths members whose links were reset
 * @param casts what was sent to all
 * @param falseLeaves how often a member was told that another had left that was there
 * @param missing at the end: pairs of members of which the one does not know the other
 * @param relayBytesPerS what a relay has sent a second while it was measured
 * @param memberBytesPerS what a member has sent
 */
public record SwarmFindings(
    int complete,
    int members,
    Heard joins,
    Heard leaves,
    Heard deaths,
    Heard casts,
    long falseLeaves,
    long missing,
    double relayBytesPerS,
    double memberBytesPerS) {
  /**
   * How far one kind of news has come.
   *
   * @param missed how often somebody who was there did not hear of it
   * @param seconds of those who did
   */
  public record Heard(long missed, Distribution seconds) {
    /** How many of those who were to hear of it did, in percent. */
    public double percent() {
      long all = seconds.count() + missed;
      return all == 0 ? 100 : 100.0 * seconds.count() / all;
    }

    private String text(String what) {
      return String.format(
          Locale.ROOT,
          "%-22s %,d of %,d (%.4f %%), after p50 %.3f s, p99 %.3f s, at most %.3f s%n",
          what,
          seconds.count(),
          seconds.count() + missed,
          percent(),
          seconds.p50(),
          seconds.p99(),
          seconds.max());
    }
  }

  /** For people, some lines. */
  public String toText() {
    return String.format(Locale.ROOT, "%-22s %,d of %,d%n", "knew all others", complete, members)
        + joins.text("heard of who came")
        + leaves.text("heard of who left")
        + deaths.text("heard of who died")
        + casts.text("got what is for all")
        + String.format(Locale.ROOT, "%-22s %,d%n", "left, but were there", falseLeaves)
        + String.format(Locale.ROOT, "%-22s %,d pairs%n", "missing at the end", missing)
        + String.format(
            Locale.ROOT,
            "%-22s %,.0f bytes a second by a relay, %,.0f by a member%n",
            "sent",
            relayBytesPerS,
            memberBytesPerS);
  }
}
