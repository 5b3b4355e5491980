package org.peerrelay;

/**
 * How the data that members of a {@link Presence} show become bytes, and back. All members of one
 * presence need the same. Called on any thread; must not block.
 *
 * @param <T> the data; instances should not change
 */
public interface PresenceCodec<T> {
  /**
   * The bytes that others are sent.
   *
   * @throws IllegalArgumentException if {@code data} cannot be sent
   */
  byte[] encode(T data);

  /**
   * What a member shows, who may have written anything.
   *
   * @throws IllegalArgumentException if it means nothing; the member then shows what it did before
   */
  T decode(byte[] bytes);

  /** Data that are JSON texts. What is no JSON value, in UTF-8, is refused both ways. */
  static PresenceCodec<String> json() {
    return new JsonTextCodec();
  }
}
