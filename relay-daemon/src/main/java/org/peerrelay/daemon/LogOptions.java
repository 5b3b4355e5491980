package org.peerrelay.daemon;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The option that says how logs look. */
final class LogOptions {
  /** How they look. */
  enum Format {
    TEXT,
    JSON;

    /** As it is written on the command line. */
    @Override
    public String toString() {
      return this == TEXT ? "text" : "json";
    }
  }

  @Option(
      names = "--log-format",
      paramLabel = "text|json",
      converter = FormatConverter.class,
      description = {
        "json: what goes to standard error is JSON, one object a line. Default: ${DEFAULT-VALUE}"
      })
  private Format format = Format.TEXT;

  /** Has logs and notes look so from now on. */
  void apply() {
    LogSetup.format(format);
  }

  /** Reads what {@link Format#toString()} writes. */
  static final class FormatConverter implements ITypeConverter<Format> {
    @Override
    public Format convert(String text) {
      return switch (text) {
        case "text" -> Format.TEXT;
        case "json" -> Format.JSON;
        default -> throw new TypeConversionException("'" + text + "' (expected: text or json)");
      };
    }
  }
}
