package org.peerrelay.daemon.channels;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.IOException;
import java.io.StringWriter;

/**
 * JSON as events carry it: compact, ASCII, and without a colon before a space. moshpit's client
 * splits lines at just that, and decodes each piece that the network brings by itself, where a
 * longer character may be torn.
 */
final class EventJson {
  /** How deep data may nest; browsers take more, but a crowd of brackets says nothing. */
  static final int MAX_DEPTH = 100;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .build();

  private EventJson() {}

  static JsonParser parser(byte[] body) throws IOException {
    return JSON.createParser(body);
  }

  /** The value that the parser is at; it stands at its end then. */
  static String of(JsonParser value) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      copy(value, json);
    }
    return withoutSeparators(text.toString());
  }

  static String of(FormNode value) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      value.write(json);
    }
    return withoutSeparators(text.toString());
  }

  /** In compact JSON they can only stand inside of strings. */
  private static String withoutSeparators(String json) {
    return json.replace(": ", "\\u003a ");
  }

  /** Copies a value; numbers as they are written, since no type holds all of them. */
  private static void copy(JsonParser from, JsonGenerator to) throws IOException {
    int depth = 0;
    for (JsonToken token = from.currentToken(); token != null; token = from.nextToken()) {
      if (token.isNumeric()) {
        to.writeNumber(from.getText());
      } else {
        to.copyCurrentEvent(from);
      }
      depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
      if (depth == 0) {
        return;
      }
    }
    throw new IOException("no end");
  }
}
