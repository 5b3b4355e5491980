package org.peerrelay.daemon;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.peerrelay.id.PeerId;

/**
 * What came of some pings.
 *
 * @param to whom they were for
 * @param sent how many they were
 * @param roundTrips of those that were answered, the shortest first
 * @param status how the command ends
 */
record PingSummary(PeerId to, int sent, List<Duration> roundTrips, ExitStatus status) {
  /** For people, two lines if there was an answer. */
  String text() {
    String counts =
        String.format(
            Locale.ROOT,
            "%d sent to %s, %d received, %.1f %% lost",
            sent,
            to,
            roundTrips.size(),
            lossPercent());
    return roundTrips.isEmpty()
        ? counts
        : String.format(
            Locale.ROOT,
            "%s%nround trip in ms: min %.2f, avg %.2f, p50 %.2f, p99 %.2f, max %.2f",
            counts,
            percentileMs(0),
            averageMs(),
            percentileMs(50),
            percentileMs(99),
            percentileMs(100));
  }

  /** Writes its members into a JSON object; those about times only if there was an answer. */
  void writeTo(JsonGenerator json) throws IOException {
    json.writeStringField("to", to.hex());
    json.writeNumberField("sent", sent);
    json.writeNumberField("received", roundTrips.size());
    json.writeNumberField("lossPercent", Results.rounded(lossPercent()));
    if (!roundTrips.isEmpty()) {
      json.writeObjectFieldStart("roundTripMs");
      json.writeNumberField("min", Results.rounded(percentileMs(0)));
      json.writeNumberField("avg", Results.rounded(averageMs()));
      json.writeNumberField("p50", Results.rounded(percentileMs(50)));
      json.writeNumberField("p99", Results.rounded(percentileMs(99)));
      json.writeNumberField("max", Results.rounded(percentileMs(100)));
      json.writeEndObject();
    }
  }

  private double lossPercent() {
    return sent == 0 ? 0 : 100.0 * (sent - roundTrips.size()) / sent;
  }

  private double averageMs() {
    return roundTrips.stream().mapToDouble(PingSummary::ms).average().orElse(0);
  }

  /** The least round trip that is not exceeded by so many of them (nearest rank). */
  private double percentileMs(int percent) {
    int rank = (int) Math.ceil(percent / 100.0 * roundTrips.size());
    return ms(roundTrips.get(Math.max(0, rank - 1)));
  }

  /** Milliseconds, with their fractions. */
  static double ms(Duration time) {
    return time.toNanos() / 1e6;
  }
}
