package org.peerrelay.wire;

import java.util.Random;

/**
 * The randomness of a fuzz test: another seed in every run, printed, so that a failing run can be
 * repeated with {@code -Dpeerrelay.seed=SEED}.
 */
public final class FuzzSeed {
  private static final String PROPERTY = "peerrelay.seed";

  private FuzzSeed() {}

  /** A source for {@code test}, after telling on stdout where it begins. */
  public static Random random(Class<?> test) {
    long seed = Long.getLong(PROPERTY, System.nanoTime());
    System.out.println(test.getSimpleName() + ": repeat with -D" + PROPERTY + "=" + seed);
    return new Random(seed);
  }
}
