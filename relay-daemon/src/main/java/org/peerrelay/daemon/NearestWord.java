package org.peerrelay.daemon;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds what the user may have meant by a word that is not known. */
final class NearestWord {
  /** One letter is near to every other. */
  private static final int MIN_LENGTH = 3;

  /** More changes than that make another word. */
  private static final int MAX_EDITS = 2;

  private NearestWord() {}

  /** The word that takes the fewest edits to get to; empty if none is near. */
  static Optional<String> of(String word, Collection<String> known) {
    int limit = word.length() < MIN_LENGTH ? 0 : Math.min(MAX_EDITS, word.length() / 2);
    return known.stream()
        .filter(candidate -> edits(word, candidate) <= limit)
        .min(Comparator.comparingInt(candidate -> edits(word, candidate)));
  }

  /** Levenshtein's distance. */
  private static int edits(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int above = row[j];
        int change = from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1;
        row[j] = Math.min(diagonal + change, 1 + Math.min(above, row[j - 1]));
        diagonal = above;
      }
    }
    return row[to.length()];
  }
}
