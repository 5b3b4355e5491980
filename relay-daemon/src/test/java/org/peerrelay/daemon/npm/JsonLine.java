package org.peerrelay.daemon.npm;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A line to or from the driver: a flat JSON object of texts, whole numbers and lists of texts. */
final class JsonLine {
  private static final JsonFactory JSON = new JsonFactory();

  private final Map<String, Object> fields = new LinkedHashMap<>();

  static JsonLine command(String op) {
    return new JsonLine().with("op", op);
  }

  static JsonLine parse(String text) {
    JsonLine line = new JsonLine();
    try (JsonParser parser = JSON.createParser(text)) {
      parser.nextToken();
      for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
        @Nullable Object value = readValue(parser);
        if (value != null) {
          line.fields.put(name, value);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("line of the driver: " + text + " (expected: JSON)", e);
    }
    return line;
  }

  private static @Nullable Object readValue(JsonParser parser) throws IOException {
    JsonToken token = parser.nextToken();
    if (token == JsonToken.VALUE_NUMBER_INT) {
      return parser.getLongValue();
    }
    if (token == JsonToken.START_ARRAY) {
      List<String> texts = new ArrayList<>();
      for (String text = parser.nextTextValue(); text != null; text = parser.nextTextValue()) {
        texts.add(text);
      }
      return texts;
    }
    return token == JsonToken.VALUE_NULL ? null : parser.getText();
  }

  JsonLine with(String name, Object value) {
    fields.put(name, value);
    return this;
  }

  boolean has(String name) {
    return fields.containsKey(name);
  }

  String text(String name) {
    return field(name, String.class);
  }

  @Nullable String textOrNull(String name) {
    return has(name) ? text(name) : null;
  }

  long number(String name) {
    return field(name, Long.class);
  }

  List<String> texts(String name) {
    return ((List<?>) field(name, List.class)).stream().map(String.class::cast).toList();
  }

  private <T> T field(String name, Class<T> type) {
    Object value = fields.get(name);
    if (!type.isInstance(value)) {
      throw new AssertionError(
          "%s: %s in %s (expected: a %s)".formatted(name, value, this, type.getSimpleName()));
    }
    return type.cast(value);
  }

  @Override
  public String toString() {
    StringWriter text = new StringWriter();
    try (JsonGenerator generator = JSON.createGenerator(text)) {
      generator.writeStartObject();
      for (Map.Entry<String, Object> field : fields.entrySet()) {
        generator.writeFieldName(field.getKey());
        writeValue(generator, field.getValue());
      }
      generator.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static void writeValue(JsonGenerator generator, Object value) throws IOException {
    if (value instanceof List<?> texts) {
      generator.writeStartArray();
      for (Object text : texts) {
        generator.writeString((String) text);
      }
      generator.writeEndArray();
    } else if (value instanceof Number number) {
      generator.writeNumber(number.longValue());
    } else {
      generator.writeString((String) value);
    }
  }
}
