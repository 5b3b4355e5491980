package org.peerrelay.daemon.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/**
 * Why a request was refused: a problem document (RFC 9457) with the member {@code reason} for
 * programs.
 *
 * @param status the HTTP status
 * @param reason a constant name, such as {@code no-route}; refusals are counted by it
 * @param detail what was wrong and what was expected, for people
 */
public record Problem(int status, String reason, String detail) {
  static final String CONTENT_TYPE = "application/problem+json";
  private static final JsonFactory JSON = new JsonFactory();

  static Problem malformed(String detail) {
    return new Problem(400, "malformed", detail);
  }

  static Problem wrongOrigin() {
    return new Problem(
        403, "wrong-origin", "Origin: not one of those whose pages may use this server");
  }

  static Problem noRoute() {
    return new Problem(404, "no-route", "path: nothing here (expected: a path of this server)");
  }

  static Problem internal() {
    return new Problem(500, "internal", "the server failed; its log says how");
  }

  static Problem bodyTooLarge(int maxBytes) {
    return new Problem(
        413, "body-too-large", "body: too large (expected: at most " + maxBytes + " bytes)");
  }

  /** The document. */
  String json() {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("type", "about:blank");
      json.writeStringField("title", HttpResponseStatus.valueOf(status).reasonPhrase());
      json.writeNumberField("status", status);
      json.writeStringField("reason", reason);
      json.writeStringField("detail", detail);
      json.writeEndObject();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return text.toString();
  }
}
