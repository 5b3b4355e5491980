package org.peerrelay.daemon;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.peerrelay.lab.simulation.Scenario;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Scenarios that have a name. */
enum NetworkPreset {
  STABLE,
  CHURN,
  MALICIOUS,
  ECLIPSE,
  PARTITION;

  /** With so many relays, those around a victim not counted, and so many leaves. */
  Scenario of(int relays, int leaves) {
    return switch (this) {
      case STABLE -> Scenario.stable(relays, leaves);
      case CHURN -> Scenario.churn(relays, leaves);
      case MALICIOUS -> Scenario.malicious(relays, leaves);
      case ECLIPSE -> Scenario.eclipse(relays, leaves);
      case PARTITION -> Scenario.partition(relays, leaves);
    };
  }

  /** As it is written on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Reads what {@link #toString()} writes. */
  static final class Converter implements ITypeConverter<NetworkPreset> {
    @Override
    public NetworkPreset convert(String text) {
      for (NetworkPreset preset : values()) {
        if (preset.toString().equals(text)) {
          return preset;
        }
      }
      throw new TypeConversionException(
          Arrays.stream(values())
              .map(NetworkPreset::toString)
              .collect(Collectors.joining(", ", "'" + text + "' (expected: one of ", ")")));
    }
  }
}
