package org.peerrelay.daemon;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * The lines of {@code relay channel}: JSON to send, and rows of an event and its data.
 *
 * @param json what to send
 * @param cid to whom; null for everybody
 */
record SignalLine(String json, @Nullable String cid) {
  /** The member of an object that names its receiver, and is not sent. */
  private static final String RECEIVER = "_cid";

  private static final JsonFactory JSON = new JsonFactory();

  /**
   * Reads a line.
   *
   * @throws IOException if it is no JSON
   */
  static SignalLine parse(String line) throws IOException {
    StringWriter text = new StringWriter();
    String cid = null;
    try (JsonParser from = JSON.createParser(line);
        JsonGenerator to = JSON.createGenerator(text)) {
      int depth = 0;
      for (JsonToken token = from.nextToken(); token != null; token = from.nextToken()) {
        if (depth == 1 && token == JsonToken.FIELD_NAME && from.currentName().equals(RECEIVER)) {
          if (from.nextToken() != JsonToken.VALUE_STRING) {
            throw new IOException(RECEIVER + " is no text");
          }
          cid = from.getText();
        } else if (token.isNumeric()) {
          to.writeNumber(from.getText());
        } else {
          to.copyCurrentEvent(from);
          depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
        }
      }
    }
    return new SignalLine(text.toString(), cid);
  }

  /** The row of an event whose data is an object of texts: names and values in turn. */
  static String row(String event, String... texts) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartArray();
      json.writeString(event);
      json.writeStartObject();
      for (int i = 0; i < texts.length; i += 2) {
        json.writeStringField(texts[i], texts[i + 1]);
      }
      json.writeEndObject();
      json.writeEndArray();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return text.toString();
  }
}
