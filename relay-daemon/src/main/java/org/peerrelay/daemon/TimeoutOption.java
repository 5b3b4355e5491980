package org.peerrelay.daemon;

import java.math.BigDecimal;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The option that says how long to wait for others. */
final class TimeoutOption {
  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      converter = SecondsConverter.class,
      description = "How long each answer may take, a relay's first. Default: ${DEFAULT-VALUE}")
  private BigDecimal seconds = BigDecimal.valueOf(5);

  Duration duration() {
    return Duration.ofNanos(seconds.movePointRight(9).longValue());
  }

  /** As the user wrote it, with its unit. */
  @Override
  public String toString() {
    return seconds.toPlainString() + " s";
  }

  /** A length of time; a fraction is welcome. */
  static final class SecondsConverter implements ITypeConverter<BigDecimal> {
    private static final BigDecimal MIN = new BigDecimal("0.001");
    private static final BigDecimal MAX = new BigDecimal("86400");

    @Override
    public BigDecimal convert(String text) {
      try {
        BigDecimal seconds = new BigDecimal(text);
        if (seconds.compareTo(MIN) >= 0 && seconds.compareTo(MAX) <= 0) {
          return seconds;
        }
      } catch (NumberFormatException e) {
        // Told below.
      }
      throw new TypeConversionException("'" + text + "' (expected: seconds, from 0.001 to 86400)");
    }
  }
}
