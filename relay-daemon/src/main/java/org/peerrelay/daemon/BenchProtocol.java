package org.peerrelay.daemon;

import java.util.SplittableRandom;
import org.peerrelay.lab.load.BinaryShape;
import org.peerrelay.lab.load.LegacyShape;
import org.peerrelay.lab.load.Shape;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** What the clients of a load speak. */
enum BenchProtocol {
  BINARY("2"),
  LEGACY("legacy");

  private final String text;

  BenchProtocol(String text) {
    this.text = text;
  }

  /** That of {@code clients} clients with fresh ids. */
  Shape shape(int clients) {
    return this == BINARY
        ? BinaryShape.fresh(clients)
        : LegacyShape.random(clients, new SplittableRandom());
  }

  /** As it is written on the command line. */
  @Override
  public String toString() {
    return text;
  }

  /** Reads what {@link #toString()} writes. */
  static final class Converter implements ITypeConverter<BenchProtocol> {
    @Override
    public BenchProtocol convert(String text) {
      for (BenchProtocol protocol : values()) {
        if (protocol.text.equals(text)) {
          return protocol;
        }
      }
      throw new TypeConversionException("'" + text + "' (expected: 2 or legacy)");
    }
  }
}
