package org.peerrelay.lab.load;

import java.util.List;

/**
 * How far a generator has come.
 *
 * @param connected how many clients the relay serves
 * @param sent messages of the present or last run that count, so far
 * @param delivered how many of these have arrived
 */
public record LoadProgress(int connected, long sent, long delivered) {
  static LoadProgress sum(List<LoadProgress> loops) {
    return new LoadProgress(
        loops.stream().mapToInt(LoadProgress::connected).sum(),
        loops.stream().mapToLong(LoadProgress::sent).sum(),
        loops.stream().mapToLong(LoadProgress::delivered).sum());
  }
}
