package org.peerrelay.daemon;

import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** An option's value that is a whole number within bounds. */
abstract class WholeNumber implements ITypeConverter<Integer> {
  private final int min;
  private final int max;

  /** From {@code min} to {@code max}, both included. */
  WholeNumber(int min, int max) {
    this.min = min;
    this.max = max;
  }

  @Override
  public Integer convert(String text) {
    try {
      int value = Integer.parseInt(text);
      if (value >= min && value <= max) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Told below.
    }
    throw new TypeConversionException(
        String.format(
            Locale.ROOT, "'%s' (expected: a whole number from %d to %d)", text, min, max));
  }
}
