package org.peerrelay.lab.simulation;

/** The latency between any two hosts: drawn once for each pair, without keeping any. */
final class Latencies {
  private static final double MS = 1e6;
  private static final double MIN_MS = 0.1;
  private static final double MAX_MS = 2_000;
  private static final double UNIT = 0x1p-53;

  private final long seed;
  private final LinkModel model;

  Latencies(long seed, LinkModel model) {
    this.seed = seed;
    this.model = model;
  }

  /** From host number {@code one} to host number {@code other}, or back. */
  long betweenNs(int one, int other) {
    long pair = (long) Math.min(one, other) << Integer.SIZE | Math.max(one, other);
    long bits = mixed(pair ^ mixed(seed));
    double radius = StrictMath.sqrt(-2 * StrictMath.log(uniform(bits)));
    double normal = radius * StrictMath.cos(2 * Math.PI * uniform(mixed(bits)));
    double ms = model.latencyMs() * StrictMath.exp(model.spread() * normal);
    return (long) (MS * Math.max(MIN_MS, Math.min(MAX_MS, ms)));
  }

  /** More than 0 and at most 1. */
  private static double uniform(long bits) {
    return ((bits >>> 11) + 1) * UNIT;
  }

  /** The finalizer of SplitMix64 (Steele, Lea and Flood, 2014). */
  private static long mixed(long bits) {
    long mixed = (bits ^ bits >>> 30) * 0xbf58476d1ce4e5b9L + 0x9e3779b97f4a7c15L;
    mixed = (mixed ^ mixed >>> 27) * 0x94d049bb133111ebL;
    return mixed ^ mixed >>> 31;
  }
}
