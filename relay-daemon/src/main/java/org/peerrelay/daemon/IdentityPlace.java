package org.peerrelay.daemon;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Where an identity comes from.
 *
 * @param file the file that keeps it; null for a fresh one, used once
 */
record IdentityPlace(@Nullable Path file) {
  /** A fresh identity, written {@code none}. */
  static final IdentityPlace NONE = new IdentityPlace(null);

  private static final String NONE_TEXT = "none";

  /**
   * The user's state folder by the XDG Base Directory Specification, which has relative paths in
   * the variable ignored.
   */
  static IdentityPlace userState(Map<String, String> environment) {
    String home = environment.getOrDefault("HOME", System.getProperty("user.home", ""));
    String state = environment.getOrDefault("XDG_STATE_HOME", "");
    Path folder =
        Path.of(state).isAbsolute() ? Path.of(state) : Path.of(home).resolve(".local/state");
    return new IdentityPlace(folder.resolve("peer-relay").resolve("identity.pem"));
  }

  /** As it is written on the command line. */
  @Override
  public String toString() {
    return file == null ? NONE_TEXT : file.toString();
  }

  /** Reads what {@link #toString()} writes. */
  static final class Converter implements ITypeConverter<IdentityPlace> {
    @Override
    public IdentityPlace convert(String text) {
      if (text.equals(NONE_TEXT)) {
        return NONE;
      }
      try {
        if (!text.isBlank()) {
          return new IdentityPlace(Path.of(text));
        }
      } catch (InvalidPathException e) {
        // Told below.
      }
      throw new TypeConversionException("'" + text + "' (expected: a file, or none)");
    }
  }
}
