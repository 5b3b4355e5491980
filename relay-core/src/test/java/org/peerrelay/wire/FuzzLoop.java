package org.peerrelay.wire;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Locale;
import java.util.Random;

/**
 * Runs one thing many times with random input, and counts. The test run always begins at the same
 * seed; {@code scripts/fuzz} sets another one ({@code -Dpeerrelay.seed}), and how many executions
 * there are ({@code -Dpeerrelay.executions}). It is printed how to repeat a run.
 */
public final class FuzzLoop {
  private static final long SEED = Long.getLong("peerrelay.seed", 1);

  /** How many executions a fast loop has in the test run; the others have theirs in proportion. */
  private static final long FAST = 100_000;

  private static final long EXECUTIONS = Long.getLong("peerrelay.executions", FAST);

  /** What is run: it tells whether the input was accepted, and throws what is wrong. */
  @FunctionalInterface
  public interface Execution {
    /** Draws an input and tries it. */
    boolean accepts(Random random) throws Exception;
  }

  private final String name;
  private final long executions;
  private final Random random = new Random(SEED);
  private long accepted;

  /**
   * A loop.
   *
   * @param inTestRun how often it runs when nobody says anything else
   */
  public FuzzLoop(String name, int inTestRun) {
    this.name = name;
    this.executions = Math.max(1, inTestRun * EXECUTIONS / FAST);
  }

  /** The source of everything random, for what is drawn before the first execution. */
  public Random random() {
    return random;
  }

  /**
   * Runs it.
   *
   * @throws AssertionError if one execution throws; it says which
   */
  public FuzzLoop run(Execution execution) {
    long startNs = System.nanoTime();
    for (long i = 0; i < executions; i++) {
      try {
        accepted += execution.accepts(random) ? 1 : 0;
      } catch (Exception | AssertionError e) {
        throw new AssertionError(
            "%s: execution %d with -Dpeerrelay.seed=%d: %s".formatted(name, i, SEED, e), e);
      }
    }
    System.out.printf(
        Locale.ROOT,
        "fuzz: %s: seed %d, %d executions, %d accepted, %d refused, %.1f s%n",
        name,
        SEED,
        executions,
        accepted,
        executions - accepted,
        (System.nanoTime() - startNs) / 1e9);
    return this;
  }

  /** Checks that neither nearly all nor nearly nothing was accepted, in hundredths. */
  public void assertAccepted(int atLeast, int atMost) {
    String share = name + ": " + accepted + " of " + executions + " accepted";
    assertTrue(accepted * 100 >= atLeast * executions, share);
    assertTrue(accepted * 100 <= atMost * executions, share);
  }
}
