package org.peerrelay.wire.legacy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * JSON as {@code JSON.parse} sees it, read by Jackson: maps, lists, strings, booleans, numbers (as
 * their text) and {@link #NULL}. Of members of one name the last counts.
 */
final class JsonTree {
  static final Object NULL = new Object();

  /** A number's text, so that it cannot be taken for a string. */
  record Numeral(String text) {}

  private static final JsonFactory JACKSON = new JsonFactory();

  private JsonTree() {}

  static Object parse(String text) throws IOException {
    try (JsonParser parser = JACKSON.createParser(text)) {
      Object tree = value(parser, next(parser));
      if (parser.nextToken() != null) {
        throw new IOException("more than one value");
      }
      return tree;
    }
  }

  private static Object value(JsonParser parser, JsonToken token) throws IOException {
    return switch (token) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> parser.getText();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> NULL;
      default -> new Numeral(parser.getText());
    };
  }

  private static Map<String, Object> object(JsonParser parser) throws IOException {
    Map<String, Object> members = new LinkedHashMap<>();
    while (next(parser) != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      members.put(name, value(parser, next(parser)));
    }
    return members;
  }

  private static List<Object> array(JsonParser parser) throws IOException {
    List<Object> values = new ArrayList<>();
    for (JsonToken t = next(parser); t != JsonToken.END_ARRAY; t = next(parser)) {
      values.add(value(parser, t));
    }
    return values;
  }

  private static JsonToken next(JsonParser parser) throws IOException {
    return Objects.requireNonNull(parser.nextToken(), "end of text");
  }
}
