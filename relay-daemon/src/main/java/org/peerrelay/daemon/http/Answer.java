package org.peerrelay.daemon.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Map;

/** A complete answer to a request. The front adds what every answer has. */
public final class Answer {
  private static final byte[] NOTHING = {};

  private final int status;
  private final Map<String, String> headers;
  private final String contentType;
  private final byte[] body;

  /**
   * Says {@code body}, whose bytes are not changed any more.
   *
   * @param status the HTTP status
   * @param headers further header fields
   * @param contentType of the body; empty if there is none
   */
  public Answer(int status, Map<String, String> headers, String contentType, byte[] body) {
    this.status = status;
    this.headers = Map.copyOf(headers);
    this.contentType = contentType;
    this.body = body;
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

  int status() {
    return status;
  }

  Map<String, String> headers() {
    return headers;
  }

  String contentType() {
    return contentType;
  }

  byte[] body() {
    return body;
  }
}
