package org.peerrelay.daemon.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Map;

/**
 * A complete answer to a request. The front adds what every answer has.
 *
 * @param status the HTTP status
 * @param headers further header fields
 * @param contentType of the body; empty if there is none
 * @param body what it says
 */
public record Answer(int status, Map<String, String> headers, String contentType, byte[] body) {
  private static final byte[] NOTHING = {};

  /** Copies the map. */
  public Answer {
    headers = Map.copyOf(headers);
  }

  /** Says nothing but {@code status}. */
  public static Answer empty(int status) {
    return empty(status, Map.of());
  }

  /** Says nothing but {@code status} and {@code headers}. */
  public static Answer empty(int status, Map<String, String> headers) {
    return new Answer(status, headers, "", NOTHING);
  }

  /** Status 200 and a text. */
  public static Answer text(String contentType, String text) {
    return new Answer(200, Map.of(), contentType, text.getBytes(UTF_8));
  }

  static Answer of(Problem problem, Map<String, String> headers) {
    return new Answer(
        problem.status(), headers, Problem.CONTENT_TYPE, problem.json().getBytes(UTF_8));
  }
}
