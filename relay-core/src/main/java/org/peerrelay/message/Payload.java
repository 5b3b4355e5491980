package org.peerrelay.message;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What an application sends: bytes, a JSON value, or nothing at all.
 *
 * <p>The three kinds cross every wire format without loss. In the legacy format bytes are the JSON
 * form of a Node {@code Buffer}, and {@link Kind#UNDEFINED} is a message without a {@code data}
 * member, which is what {@code JSON.stringify} makes of {@code undefined}. Immutable.
 */
public final class Payload {
  /** What a payload holds. */
  public enum Kind {
    /** The UTF-8 text of one JSON value. */
    JSON,
    /** Any bytes. */
    BYTES,
    /** JavaScript's {@code undefined}: no value. */
    UNDEFINED
  }

  private static final Payload NOTHING = new Payload(Kind.UNDEFINED, new byte[0]);

  private final Kind kind;
  private final byte[] content;

  private Payload(Kind kind, byte[] content) {
    this.kind = kind;
    this.content = content;
  }

  /** A copy of {@code bytes}. */
  public static Payload bytes(byte[] bytes) {
    return new Payload(Kind.BYTES, bytes.clone());
  }

  /** The JSON value that {@code text} spells. The text is checked when it is sent, not here. */
  public static Payload json(String text) {
    return new Payload(Kind.JSON, text.getBytes(StandardCharsets.UTF_8));
  }

  /** JavaScript's {@code undefined}. */
  public static Payload undefined() {
    return NOTHING;
  }

  /** Which of the three kinds this is. */
  public Kind kind() {
    return kind;
  }

  /** The bytes of the content, a copy: for JSON its UTF-8 text, for undefined none. */
  public byte[] toBytes() {
    return content.clone();
  }

  /** Length of the content in bytes, as {@link #toBytes()} returns it. */
  public int sizeBytes() {
    return content.length;
  }

  /**
   * The JSON text.
   *
   * @throws IllegalStateException if this is no JSON payload
   */
  public String jsonText() {
    if (kind != Kind.JSON) {
      throw new IllegalStateException("payload kind: " + kind + " (expected: JSON)");
    }
    return new String(content, StandardCharsets.UTF_8);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Payload that
        && kind == that.kind
        && Arrays.equals(content, that.content);
  }

  @Override
  public int hashCode() {
    return 31 * kind.hashCode() + Arrays.hashCode(content);
  }

  /** The kind and the size, never the content: payloads do not belong in logs. */
  @Override
  public String toString() {
    return kind + "[" + content.length + " bytes]";
  }
}
