package org.peerrelay.lab.scale;

import java.util.Locale;
import org.peerrelay.lab.simulation.Deliveries;

/**
 * A number that was found, and what it is held against.
 *
 * @param what what the number is
 * @param target what it should be, in words
 * @param found the number, in words
 * @param holds whether it is what it should be
 */
record Check(String what, String target, String found, boolean holds) {
  private static final double PERCENT = 100;

  static Check atMost(String what, double most, double found, String unit) {
    return new Check(what, "≤ " + words(most, unit), words(found, unit), found <= most);
  }

  static Check atLeast(String what, double least, double found, String unit) {
    return new Check(what, "≥ " + words(least, unit), words(found, unit), found >= least);
  }

  /**
   * Whether at least {@code leastPercent} of what was sent was delivered; nothing is not enough.
   */
  static Check delivered(String what, double leastPercent, Deliveries... all) {
    long sent = 0;
    long delivered = 0;
    for (Deliveries deliveries : all) {
      sent += deliveries.sent();
      delivered += deliveries.delivered();
    }
    double percent = sent == 0 ? 0 : PERCENT * delivered / sent;
    String found = String.format(Locale.ROOT, "%.4f %% (%,d of %,d)", percent, delivered, sent);
    return new Check(what, "≥ " + words(leastPercent, "%"), found, percent >= leastPercent);
  }

  /** The same check, with a remark on what was found. */
  Check withRemark(String remark) {
    return new Check(what, target, found + "; " + remark, holds);
  }

  String verdict() {
    return holds ? "holds" : "does not hold";
  }

  /** With three places after the point, but no zeros at the end. */
  private static String words(double value, String unit) {
    String number = String.format(Locale.ROOT, "%,.3f", value).replaceFirst("\\.?0+$", "");
    return unit.isEmpty() ? number : number + " " + unit;
  }
}
