package org.peerrelay.daemon;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import org.peerrelay.Acknowledgement;
import org.peerrelay.TraceHop;
import org.peerrelay.id.PeerId;
import org.peerrelay.lab.simulation.SimulationReport;
import org.peerrelay.message.Payload;
import org.peerrelay.message.Provenance;

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

  void message(PeerId from, Payload payload, Provenance provenance) {
    String known = provenance.name().toLowerCase(Locale.ROOT);
    String mark = provenance == Provenance.UNVERIFIED ? "?" : "";
    lines.write(
        json
            ? event(
                "message",
                o -> id(o, "from", from),
                o -> text(o, "provenance", known),
                o -> content(o, payload))
            : from + mark + " " + words(payload));
  }

  void sent(PeerId to, int bytes) {
    lines.write(
        json
            ? event("sent", o -> id(o, "to", to), o -> o.writeNumberField("bytes", bytes))
            : "sent " + bytes + " bytes to " + to);
  }

  void delivered(PeerId to, int bytes, Acknowledgement told) {
    Duration roundTrip = told.roundTrip();
    int tries = told.tries();
    lines.write(
        json
            ? event(
                "delivered",
                o -> id(o, "to", to),
                o -> o.writeNumberField("bytes", bytes),
                o -> ms(o, roundTrip),
                o -> o.writeNumberField("tries", tries))
            : "delivered %d bytes to %s in %s%s"
                .formatted(
                    bytes, to, ms(roundTrip), tries == 1 ? "" : " after " + tries + " tries"));
  }

  void pong(int seq, Duration roundTrip) {
    lines.write(
        json
            ? event("pong", o -> o.writeNumberField("seq", seq), o -> ms(o, roundTrip))
            : "pong " + seq + " " + ms(roundTrip));
  }

  void lost(int seq, Loss loss) {
    lines.write(
        json
            ? event(
                "lost", o -> o.writeNumberField("seq", seq), o -> text(o, "reason", loss.name()))
            : "lost " + seq + " " + loss.words());
  }

  void ping(PingSummary summary) {
    lines.write(json ? event("ping", summary::writeTo) : summary.text());
  }

  /** What an admin listener says: as it came, or in words. */
  void status(String asJson, String words) {
    lines.write(json ? asJson : words);
  }

  void hop(TraceHop hop) {
    PeerId next = hop.next();
    lines.write(
        json
            ? event(
                "hop",
                o -> o.writeNumberField("hop", hop.hop()),
                o -> id(o, "node", hop.node()),
                o -> text(o, "verdict", hop.verdict().name()),
                o -> ms(o, hop.roundTrip()),
                o -> {
                  if (next != null) {
                    id(o, "next", next);
                  }
                })
            : "%2d %s %s %s%s"
                .formatted(
                    hop.hop(),
                    hop.node(),
                    ms(hop.roundTrip()),
                    HopWords.of(hop.verdict()),
                    next == null ? "" : ", to " + next));
  }

  /** Nothing was heard of the node at {@code hop}. */
  void missingHop(int hop) {
    lines.write(json ? event("hop", o -> o.writeNumberField("hop", hop)) : "%2d *".formatted(hop));
  }

  void trace(TraceEnd end) {
    lines.write(json ? event("trace", end::writeTo) : end.words());
  }

  void bench(BenchResult result) {
    lines.write(json ? event("bench", result::writeTo) : result.text());
  }

  void simulation(SimulationReport report) {
    lines.write(
        json
            ? event(
                "simulation",
                o -> {
                  o.writeFieldName("report");
                  o.writeRawValue(report.toJson());
                })
            : report.toText().stripTrailing());
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
  interface Members {
    void write(JsonGenerator object) throws IOException;
  }

  static String event(String name, Members... members) {
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

  static void id(JsonGenerator object, String name, PeerId id) throws IOException {
    object.writeStringField(name, id.hex());
  }

  private static void ms(JsonGenerator object, Duration time) throws IOException {
    object.writeNumberField("ms", rounded(PingSummary.ms(time)));
  }

  private static String ms(Duration time) {
    return String.format(Locale.ROOT, "%.2f ms", PingSummary.ms(time));
  }

  /** To three places after the point. */
  static double rounded(double value) {
    return Math.round(value * 1e3) / 1e3;
  }

  private static void text(JsonGenerator object, String name, String text) throws IOException {
    object.writeStringField(name, text);
  }
}
