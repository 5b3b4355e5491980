package org.peerrelay.channel;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What goes to and comes from a channel's server. */
final class SignalJson {
  private static final JsonFactory JSON = new JsonFactory();

  private SignalJson() {}

  /**
   * Checks that a text is one JSON value.
   *
   * @throws IllegalArgumentException if it is none
   */
  static void check(String json) {
    try (JsonParser parser = JSON.createParser(json)) {
      if (parser.nextToken() == null) {
        throw new IllegalArgumentException("data: empty (expected: JSON)");
      }
      parser.skipChildren();
      if (parser.nextToken() != null) {
        throw new IllegalArgumentException("data: more than one value (expected: one)");
      }
    } catch (IOException e) {
      throw new IllegalArgumentException("data: no JSON", e);
    }
  }

  /** A body to post. */
  static String body(String token, @Nullable String cid, String data) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("token", token);
      if (cid != null) {
        json.writeStringField("cid", cid);
      }
      json.writeFieldName("data");
      json.writeRawValue(data);
      json.writeEndObject();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return text.toString();
  }

  /**
   * The texts in an object.
   *
   * @throws IOException if it is none
   */
  static Map<String, String> texts(String object) throws IOException {
    Map<String, String> texts = new HashMap<>();
    try (JsonParser parser = JSON.createParser(object)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("event: no object (expected: an object of ids)");
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        if (parser.nextToken() == JsonToken.VALUE_STRING) {
          texts.put(name, parser.getText());
        }
        parser.skipChildren();
      }
    }
    return texts;
  }
}
