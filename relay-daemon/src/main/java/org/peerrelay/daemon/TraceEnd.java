package org.peerrelay.daemon;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.peerrelay.TraceHop;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.HopVerdict;

/**
 * How a trace ended.
 *
 * @param to whose way it was to show
 * @param status how the command ends: 0 if the target was reached
 * @param last the report that tells the end, or the last one before it was lost sight of; null if
 *     there is none at all
 * @param words why, for people
 */
record TraceEnd(PeerId to, ExitStatus status, @Nullable TraceHop last, String words) {
  private static final String SILENT = "; npm peers and relays do not answer traces";

  /** By what was reported within {@code timeout}, in the order of the way. */
  static TraceEnd of(PeerId to, List<TraceHop> hops, TimeoutOption timeout) {
    if (hops.isEmpty()) {
      return new TraceEnd(to, ExitStatus.NO_ANSWER, null, "no report within " + timeout + SILENT);
    }
    TraceHop last = hops.get(hops.size() - 1);
    for (TraceHop hop : hops) {
      if (hop.verdict() == HopVerdict.ARRIVED) {
        last = hop;
      }
    }
    String where = String.format(Locale.ROOT, "hop %d, %s", last.hop(), last.node());
    return switch (last.verdict()) {
      case ARRIVED ->
          new TraceEnd(
              to,
              ExitStatus.OK,
              last,
              String.format(
                  Locale.ROOT,
                  "arrived at hop %d after %.2f ms",
                  last.hop(),
                  PingSummary.ms(last.roundTrip())));
      case NO_ROUTE, NOT_HERE, HOP_LIMIT, DROPPED ->
          new TraceEnd(
              to,
              ExitStatus.UNDELIVERABLE,
              last,
              "ended at " + where + ", which " + HopWords.of(last.verdict()));
      case ATTACHED, TOWARDS_TARGET, TOWARDS_RELAY, LEGACY ->
          new TraceEnd(
              to,
              ExitStatus.NO_ANSWER,
              last,
              "lost sight of after " + where + ", which " + HopWords.of(last.verdict()) + SILENT);
    };
  }

  /** Writes its members into a JSON object. */
  void writeTo(JsonGenerator json) throws IOException {
    json.writeStringField("to", to.hex());
    json.writeStringField(
        "outcome",
        switch (status) {
          case OK -> "ARRIVED";
          case UNDELIVERABLE -> "DROPPED";
          default -> "NO_REPORT";
        });
    if (last != null) {
      json.writeNumberField("hop", last.hop());
      json.writeStringField("node", last.node().hex());
      json.writeStringField("verdict", last.verdict().name());
    }
  }
}
