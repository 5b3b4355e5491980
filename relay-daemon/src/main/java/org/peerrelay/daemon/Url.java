package org.peerrelay.daemon;

import java.util.List;
import org.peerrelay.access.PrintableUrl;
import org.peerrelay.transport.WebSocketUrl;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The URL of a relay, as it is given on the command line. */
final class Url implements ITypeConverter<String> {
  /** What commands that take several say of them. */
  static final String RELAYS_ARE =
      "URL: a relay, as ws://HOST:PORT or wss://HOST. One that answers is enough.";

  /** What stands between several URLs in an environment variable. */
  static final String SEPARATORS = "[,\\s]+";

  @Override
  public String convert(String text) {
    try {
      return WebSocketUrl.check(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(
          "'" + PrintableUrl.of(text) + "' (expected: ws://HOST:PORT or wss://HOST:PORT)");
    }
  }

  /** The URL of a relay that others are told. */
  static final class Told implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
      new Url().convert(text);
      try {
        return WebSocketUrl.checkTold(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }

  /**
   * Checks the URLs among positional parameters. A converter would not do: picocli takes a word
   * that does not fit for one that belongs to something else.
   */
  static void check(List<String> words) throws CommandFailedException {
    for (String word : words) {
      try {
        WebSocketUrl.check(word);
      } catch (IllegalArgumentException e) {
        throw new CommandFailedException(ExitStatus.USAGE, e.getMessage(), e);
      }
    }
  }
}
