package org.peerrelay.lab.simulation;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;

/**
 * A report as JSON: each record an object whose members are its components, so that their
 * documentation is the JSON's too.
 */
final class ReportJson {
  private static final JsonFactory JSON = new JsonFactory();

  private ReportJson() {}

  static String write(SimulationReport report) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      value(json, report);
    } catch (IOException impossible) {
      throw new UncheckedIOException("written into memory", impossible);
    }
    return text.toString();
  }

  private static void value(JsonGenerator json, Object value) throws IOException {
    if (value instanceof Record components) {
      object(json, components);
    } else if (value instanceof Map<?, ?> map) {
      json.writeStartObject();
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        json.writeFieldName(String.valueOf(entry.getKey()));
        value(json, entry.getValue());
      }
      json.writeEndObject();
    } else if (value instanceof List<?> list) {
      json.writeStartArray();
      for (Object element : list) {
        value(json, element);
      }
      json.writeEndArray();
    } else if (value instanceof Double number) {
      json.writeNumber(number);
    } else if (value instanceof Number number) {
      json.writeNumber(number.longValue());
    } else if (value instanceof Boolean flag) {
      json.writeBoolean(flag);
    } else {
      json.writeString(String.valueOf(value));
    }
  }

  private static void object(JsonGenerator json, Record components) throws IOException {
    json.writeStartObject();
    for (RecordComponent component : components.getClass().getRecordComponents()) {
      json.writeFieldName(component.getName());
      try {
        value(json, component.getAccessor().invoke(components));
      } catch (IllegalAccessException | InvocationTargetException impossible) {
        throw new IllegalStateException("a public record's component", impossible);
      }
    }
    json.writeEndObject();
  }
}
