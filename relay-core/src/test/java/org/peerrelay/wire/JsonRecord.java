package org.peerrelay.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A JSON object with members of known types, for the files and processes that tests read. */
public final class JsonRecord {
  private static final JsonFactory JACKSON = new JsonFactory();

  private final Map<String, @Nullable Object> members = new HashMap<>();

  private JsonRecord() {}

  /**
   * Reads {@code text}.
   *
   * @throws UncheckedIOException if it is no JSON
   */
  public static JsonRecord parse(String text) {
    try (JsonParser parser = JACKSON.createParser(text)) {
      parser.nextToken();
      return object(parser);
    } catch (IOException e) {
      throw new UncheckedIOException("JSON object: " + text, e);
    }
  }

  private static JsonRecord object(JsonParser parser) throws IOException {
    JsonRecord read = new JsonRecord();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      read.members.put(name, value(parser));
    }
    return read;
  }

  private static @Nullable Object value(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> parser.getText();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      case VALUE_NUMBER_INT -> parser.getLongValue();
      default -> parser.getDoubleValue();
    };
  }

  private static List<@Nullable Object> array(JsonParser parser) throws IOException {
    List<@Nullable Object> values = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      values.add(value(parser));
    }
    return values;
  }

  /** Whether there is such a member, null or not. */
  public boolean has(String name) {
    return members.containsKey(name);
  }

  /** Whether the member is null. */
  public boolean isNull(String name) {
    return has(name) && members.get(name) == null;
  }

  /** The member as it is: a string, a long, a boolean, a record, a list of these, or null. */
  public @Nullable Object value(String name) {
    return members.get(name);
  }

  /** A string. */
  public String text(String name) {
    return member(name, String.class);
  }

  /** A string, or null. */
  public @Nullable String textOrNull(String name) {
    return isNull(name) ? null : text(name);
  }

  /** Bytes, from a string of hexadecimal digits. */
  public byte[] bytes(String name) {
    return HexFormat.of().parseHex(text(name));
  }

  /** A whole number. */
  public int number(String name) {
    return Math.toIntExact(member(name, Long.class));
  }

  /** True or false. */
  public boolean flag(String name) {
    return member(name, Boolean.class);
  }

  /** An object. */
  public JsonRecord record(String name) {
    return member(name, JsonRecord.class);
  }

  /** An array of objects. */
  public List<JsonRecord> records(String name) {
    return elements(name, JsonRecord.class);
  }

  /** An array of strings. */
  public List<String> texts(String name) {
    return elements(name, String.class);
  }

  private <T> List<T> elements(String name, Class<T> type) {
    return ((List<?>) member(name, List.class)).stream().<T>map(type::cast).toList();
  }

  private <T> T member(String name, Class<T> type) {
    return type.cast(Objects.requireNonNull(members.get(name), name));
  }

  @Override
  public String toString() {
    return members.toString();
  }
}
