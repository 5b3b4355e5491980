package org.peerrelay.daemon.npm;

import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The value that an npm application hands to {@code send} or gets with its {@code message} event:
 * any JSON value as compact text, bytes (a Node {@code Buffer}, which arrives in its JSON form), or
 * {@code undefined}.
 */
public record NpmPayload(@Nullable String json, @Nullable String base64) {
  /** What {@code send(id)} without data sends. */
  public static final NpmPayload UNDEFINED = new NpmPayload(null, null);

  /** A JSON text. It arrives as {@code JSON.stringify} writes it, without blanks. */
  public static NpmPayload json(String json) {
    return new NpmPayload(json, null);
  }

  /** The bytes, sent as a Node {@code Buffer}. */
  public static NpmPayload bytes(byte[] bytes) {
    return new NpmPayload(null, Base64.getEncoder().encodeToString(bytes));
  }

  /**
   * The bytes of a payload that is a {@code Buffer}.
   *
   * @throws AssertionError if it is another value
   */
  public byte[] bytes() {
    if (base64 == null) {
      throw new AssertionError("payload: " + this + " (expected: bytes)");
    }
    return Base64.getDecoder().decode(base64);
  }

  static NpmPayload from(JsonLine line) {
    return new NpmPayload(line.textOrNull("data"), line.textOrNull("base64"));
  }

  JsonLine into(JsonLine line) {
    if (json != null) {
      line.with("data", json);
    }
    if (base64 != null) {
      line.with("base64", base64);
    }
    return line;
  }
}
