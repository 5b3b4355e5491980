package org.peerrelay.daemon.channels;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.peerrelay.daemon.http.ProblemException;

/**
 * What a client posts to a channel.
 *
 * @param token the proof of membership; null if there is none, or none that is text
 * @param data compact JSON for the wire; null if there is none
 * @param cid who is to get it; null for everybody
 */
record SignalBody(@Nullable String token, @Nullable String data, @Nullable String cid) {
  private static final String FORM = "application/x-www-form-urlencoded";

  /** A member id that nobody has, in place of one that is no text. */
  private static final String NOBODY = "-";

  /**
   * Reads a body of the given type; what names no type is a form.
   *
   * @throws ProblemException if it is neither JSON nor a form
   */
  static SignalBody read(@Nullable String contentType, byte[] body) throws ProblemException {
    String type =
        contentType == null ? FORM : contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    try {
      if (type.equals(FORM)) {
        return ofForm(FormNode.parse(body));
      }
      if (type.equals("application/json") || type.endsWith("+json")) {
        return ofJson(body);
      }
    } catch (IOException e) {
      throw ChannelRefusal.UNREADABLE.exception();
    }
    throw ChannelRefusal.UNREADABLE.exception();
  }

  private static SignalBody ofForm(FormNode form) throws IOException {
    FormNode data = form.child("data");
    return new SignalBody(
        form.text("token"), data == null ? null : EventJson.of(data), named(form.text("cid")));
  }

  private static SignalBody ofJson(byte[] body) throws IOException {
    String token = null;
    String data = null;
    String cid = null;
    try (JsonParser json = EventJson.parser(body)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("no object");
      }
      for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
        JsonToken value = json.nextToken();
        switch (name) {
          case "token" -> token = value == JsonToken.VALUE_STRING ? json.getText() : null;
          case "cid" -> cid = cid(json, value);
          case "data" -> data = value == JsonToken.VALUE_NULL ? null : EventJson.of(json);
          default -> {}
        }
        json.skipChildren();
      }
      if (json.currentToken() != JsonToken.END_OBJECT || json.nextToken() != null) {
        throw new IOException("no end");
      }
    }
    return new SignalBody(token, data, cid);
  }

  private static @Nullable String cid(JsonParser json, JsonToken value) throws IOException {
    return switch (value) {
      case VALUE_NULL -> null;
      case VALUE_STRING -> named(json.getText());
      default -> NOBODY;
    };
  }

  private static @Nullable String named(@Nullable String cid) {
    return cid == null || cid.isEmpty() ? null : cid;
  }
}
