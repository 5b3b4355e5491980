package org.peerrelay.daemon;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.peerrelay.lab.simulation.Attack;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** What malicious relays do, wherever they are. */
enum Malice {
  DROP("drop", Attack.Kind.DROP),
  LIE("lie", Attack.Kind.LIE),
  DROP_OR_LIE("drop-or-lie", Attack.Kind.DROP_OR_LIE),
  FALSE_POINTERS("false-pointers", Attack.Kind.FALSE_POINTERS);

  private final String text;
  private final Attack.Kind kind;

  Malice(String text, Attack.Kind kind) {
    this.text = text;
    this.kind = kind;
  }

  Attack.Kind kind() {
    return kind;
  }

  /** As it is written on the command line. */
  @Override
  public String toString() {
    return text;
  }

  /** Reads what {@link #toString()} writes. */
  static final class Converter implements ITypeConverter<Malice> {
    @Override
    public Malice convert(String text) {
      for (Malice malice : values()) {
        if (malice.text.equals(text)) {
          return malice;
        }
      }
      throw new TypeConversionException(
          Arrays.stream(values())
              .map(Malice::toString)
              .collect(Collectors.joining(", ", "'" + text + "' (expected: one of ", ")")));
    }
  }
}
