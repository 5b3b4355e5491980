package org.peerrelay.access;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The token that everybody shows who may come. Only its digest is kept, and compared in a time that
 * does not depend on it. Immutable.
 */
public final class SharedToken {
  /** Shorter ones can be guessed. */
  private static final int MIN_LENGTH = 16;

  /** As long as a line of HTTP may be. */
  private static final int MAX_LENGTH = 4_096;

  /** What means the same in a header field and in a URL. */
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._~-]{1," + MAX_LENGTH + "}");

  private static final String EXPECTED =
      "(expected: 16 to 4096 characters, of letters, digits and - . _ ~, as openssl rand -hex 32"
          + " makes them)";

  private final byte[] digest;

  private SharedToken(String text) {
    this.digest = digest(text.getBytes(StandardCharsets.US_ASCII));
  }

  /**
   * The token {@code text}.
   *
   * @throws IllegalArgumentException with one clear line, which does not tell it, if it is none
   */
  public static SharedToken of(String text) {
    if (text.length() < MIN_LENGTH || !isToken(text)) {
      throw new IllegalArgumentException("not shown here " + EXPECTED);
    }
    return new SharedToken(text);
  }

  /**
   * The token that stands alone in {@code file}.
   *
   * @throws AccessFileException with one clear line if none does
   */
  public static SharedToken read(Path file) throws AccessFileException {
    List<String> lines = AccessFile.lines(file, 2 * MAX_LENGTH);
    String text = String.join("\n", lines).strip();
    try {
      return of(text);
    } catch (IllegalArgumentException e) {
      throw new AccessFileException(file + ": no token " + EXPECTED, e);
    }
  }

  /** Whether {@code text} has the form of a token. */
  public static boolean isToken(String text) {
    return FORM.matcher(text).matches();
  }

  /** Whether {@code shown} is it. */
  boolean matches(@Nullable String shown) {
    return shown != null
        && MessageDigest.isEqual(digest, digest(shown.getBytes(StandardCharsets.UTF_8)));
  }

  /** The SHA-256 of {@code bytes}. */
  static byte[] digest(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }
}
