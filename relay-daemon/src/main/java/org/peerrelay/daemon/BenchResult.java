package org.peerrelay.daemon;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Locale;
import org.peerrelay.lab.load.LoadReport;
import org.peerrelay.lab.load.LoadRun;
import org.peerrelay.lab.load.Pace;

/**
 * What came of a load.
 *
 * @param url the relay's, without a token
 * @param protocol what the clients spoke
 * @param clients how many they were
 * @param run the load that was asked for
 * @param report what was measured
 */
record BenchResult(
    String url, BenchProtocol protocol, int clients, LoadRun run, LoadReport report) {
  /** A few words on the load. */
  static String words(LoadRun run) {
    String pace =
        run.pace() instanceof Pace.Rate rate
            ? String.format(Locale.ROOT, "%,.0f messages a second", rate.perSecond())
            : String.format(Locale.ROOT, "flat out, %,d messages in flight", inFlight(run));
    return String.format(Locale.ROOT, "%s of %,d bytes", pace, run.payloadBytes());
  }

  private static int inFlight(LoadRun run) {
    return run.pace() instanceof Pace.Window window ? window.inFlight() : 0;
  }

  /** A table for people, several lines. */
  String text() {
    return String.format(
        Locale.ROOT,
        "%,d clients, protocol %s, %s, %.1f s%n%s",
        clients,
        protocol,
        words(run),
        report.seconds(),
        report.toText().stripTrailing());
  }

  /** Writes its members into a JSON object. */
  void writeTo(JsonGenerator json) throws IOException {
    json.writeStringField("url", url);
    json.writeStringField("protocol", protocol.toString());
    json.writeNumberField("clients", clients);
    json.writeNumberField("payloadBytes", run.payloadBytes());
    if (run.pace() instanceof Pace.Rate rate) {
      json.writeNumberField("ratePerSecond", Math.round(rate.perSecond()));
    } else {
      json.writeNumberField("inFlight", inFlight(run));
    }
    json.writeNumberField("seconds", Results.rounded(report.seconds()));
    json.writeNumberField("sent", report.sent());
    json.writeNumberField("late", report.late());
    json.writeNumberField("delivered", report.delivered());
    json.writeNumberField("lost", report.lost());
    json.writeNumberField("duplicates", report.duplicates());
    json.writeNumberField("corrupted", report.corrupted());
    json.writeNumberField("strays", report.strays());
    json.writeNumberField("blocked", report.blocked());
    json.writeNumberField("connectionsLost", report.connectionsLost());
    json.writeNumberField("throughputPerSecond", Results.rounded(report.throughput()));
    json.writeObjectFieldStart("latencyMs");
    json.writeNumberField("p50", Results.rounded(report.latencyMs(50)));
    json.writeNumberField("p90", Results.rounded(report.latencyMs(90)));
    json.writeNumberField("p99", Results.rounded(report.latencyMs(99)));
    json.writeNumberField("p99.9", Results.rounded(report.latencyMs(99.9)));
    json.writeNumberField("max", Results.rounded(report.latencyMs(100)));
    json.writeEndObject();
  }
}
