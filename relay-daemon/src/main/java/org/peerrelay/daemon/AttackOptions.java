package org.peerrelay.daemon;

import org.jspecify.annotations.Nullable;
import org.peerrelay.lab.simulation.Attack;
import picocli.CommandLine.Option;

/** The options that say what some relays of a simulated network do wrong. */
final class AttackOptions {
  /** In how many /24 networks those are who lie around a victim. */
  private static final int ECLIPSE_NETWORKS = 4;

  private static final int MAX_ATTACKERS = 100_000;

  @Option(
      names = "--malicious",
      paramLabel = "SHARE",
      converter = Share.class,
      description = "Share of the relays that are malicious, 0 to 1.")
  private @Nullable Double malicious;

  @Option(
      names = "--malice",
      paramLabel = "KIND",
      converter = Malice.Converter.class,
      description = {
        "What these do: drop what they should pass on, lie about who is near, drop-or-lie (half"
            + " of them each), or publish false-pointers. Default: drop-or-lie"
      })
  private @Nullable Malice malice;

  @Option(
      names = "--eclipse",
      paramLabel = "N",
      converter = Attackers.class,
      description = "So many relays more, in four /24, whose ids lie around one victim's.")
  private @Nullable Integer eclipsing;

  /**
   * The attack that was asked for.
   *
   * @param attack the scenario's
   * @param relays how many there are without those of an eclipse
   */
  Attack attack(Attack attack, int relays) throws CommandFailedException {
    boolean spread = malicious != null || malice != null;
    if (spread && (eclipsing != null || attack.kind() == Attack.Kind.ECLIPSE)) {
      throw new CommandFailedException(
          ExitStatus.USAGE, "attack: two (expected: malicious relays or an eclipse)");
    }
    if (eclipsing != null) {
      return new Attack(Attack.Kind.ECLIPSE, eclipsing, ECLIPSE_NETWORKS);
    }
    if (spread) {
      long count = malicious == null ? attack.relays() : Math.round(malicious * relays);
      return new Attack((malice == null ? Malice.DROP_OR_LIE : malice).kind(), (int) count, 0);
    }
    return attack;
  }

  /** Relays in a few networks. */
  static final class Attackers extends WholeNumber {
    Attackers() {
      super(1, MAX_ATTACKERS);
    }
  }
}
