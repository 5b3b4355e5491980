package org.peerrelay.daemon;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The value of a switch that is on unless it is turned off. */
enum OnOff {
  ON("on"),
  OFF("off");

  private final String text;

  OnOff(String text) {
    this.text = text;
  }

  /** As it is written on the command line. */
  @Override
  public String toString() {
    return text;
  }

  /** Reads what {@link #toString()} writes. */
  static final class Converter implements ITypeConverter<OnOff> {
    @Override
    public OnOff convert(String text) {
      return switch (text) {
        case "on" -> ON;
        case "off" -> OFF;
        default -> throw new TypeConversionException("'" + text + "' (expected: on or off)");
      };
    }
  }
}
