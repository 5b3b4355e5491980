package org.peerrelay.daemon;

import java.math.BigDecimal;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** An option's value that is a number within bounds; a fraction is welcome. */
abstract class DecimalNumber implements ITypeConverter<Double> {
  private final BigDecimal min;
  private final BigDecimal max;

  /** From {@code min} to {@code max}, both included. */
  DecimalNumber(String min, String max) {
    this.min = new BigDecimal(min);
    this.max = new BigDecimal(max);
  }

  @Override
  public Double convert(String text) {
    try {
      BigDecimal value = new BigDecimal(text);
      if (value.compareTo(min) >= 0 && value.compareTo(max) <= 0) {
        return value.doubleValue();
      }
    } catch (NumberFormatException e) {
      // Told below.
    }
    throw new TypeConversionException(
        "'" + text + "' (expected: a number from " + min + " to " + max + ")");
  }
}
