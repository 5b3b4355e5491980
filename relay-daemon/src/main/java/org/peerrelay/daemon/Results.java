package org.peerrelay.daemon;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Base64;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.Payload;

/**
 * What a command has to say, each result one line of standard output: words for people, or a JSON
 * object for programs. Any thread; no method waits for the reader.
 */
final class Results {
  private static final JsonFactory JSON = new JsonFactory();

  private final boolean json;
  private final LineWriter lines;

  Results(boolean json, LineWriter lines) {
    this.json = json;
    this.lines = lines;
  }

  void listening(String url, PeerId id) {
    lines.write(
        json
            ? event("listening", o -> text(o, "url", url), o -> id(o, "id", id))
            : "listening on " + url + " as " + id);
  }

  void peer(PeerId id) {
    lines.write(json ? event("peer", o -> id(o, "id", id)) : "peer " + id);
  }

  void peerLost(PeerId id) {
    lines.write(json ? event("peer-lost", o -> id(o, "id", id)) : "peer-lost " + id);
  }

  void ready(PeerId id) {
    lines.write(json ? event("ready", o -> id(o, "id", id)) : id.hex());
  }

  void message(PeerId from, Payload payload) {
    lines.write(
        json
            ? event("message", o -> id(o, "from", from), o -> content(o, payload))
            : from + " " + words(payload));
  }

  void sent(PeerId to, int bytes) {
    lines.write(
        json
            ? event("sent", o -> id(o, "to", to), o -> o.writeNumberField("bytes", bytes))
            : "sent " + bytes + " bytes to " + to);
  }

  void bench(BenchResult result) {
    lines.write(json ? event("bench", result::writeTo) : result.text());
  }

  void id(PeerId id) {
    lines.write(json ? object(o -> id(o, "id", id)) : id.hex());
  }

  /** Waits a moment until all is written, and tells whether it could be. */
  ExitStatus finish() {
    return lines.finish() ? ExitStatus.OK : ExitStatus.FAILED;
  }

  private static void content(JsonGenerator object, Payload payload) throws IOException {
    switch (payload.kind()) {
      case JSON -> {
        object.writeFieldName("data");
        object.writeRawValue(OneLine.ofJson(payload.jsonText()));
      }
      case BYTES -> object.writeBinaryField("base64", payload.toBytes());
      case UNDEFINED -> {
        // JavaScript's undefined has no JSON form; npm peers leave the member out as well.
      }
    }
  }

  private static String words(Payload payload) {
    return switch (payload.kind()) {
      case JSON -> OneLine.of(unquoted(payload.jsonText()));
      case BYTES -> "<" + payload.sizeBytes() + " bytes> " + base64(payload.toBytes());
      case UNDEFINED -> "<undefined>";
    };
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  /** The text of a JSON string; any other value as it is. */
  private static String unquoted(String json) {
    try (JsonParser parser = JSON.createParser(json)) {
      boolean string = parser.nextToken() == JsonToken.VALUE_STRING;
      return string ? parser.getText() : OneLine.ofJson(json);
    } catch (IOException e) {
      return OneLine.ofJson(json);
    }
  }

  /** Writes one or more members of a JSON object. */
  @FunctionalInterface
  private interface Members {
    void write(JsonGenerator object) throws IOException;
  }

  private static String event(String name, Members... members) {
    return object(
        object -> {
          object.writeStringField("event", name);
          for (Members some : members) {
            some.write(object);
          }
        });
  }

  private static String object(Members members) {
    StringWriter line = new StringWriter();
    try (JsonGenerator generator = JSON.createGenerator(line)) {
      generator.writeStartObject();
      members.write(generator);
      generator.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("a string cannot be written to", e);
    }
    return line.toString();
  }

  private static void id(JsonGenerator object, String name, PeerId id) throws IOException {
    object.writeStringField(name, id.hex());
  }

  private static void text(JsonGenerator object, String name, String text) throws IOException {
    object.writeStringField(name, text);
  }
}
