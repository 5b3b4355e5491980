package org.peerrelay.lab.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LoadReportTest {
  private static final long S = 1_000_000_000;

  private static LoadReport report() {
    Tally tally = new Tally(0, 2 * S);
    for (int i = 0; i < 10; i++) {
      tally.onArrived(tally.onSend(i), i, i + 3_000_000);
    }
    tally.onSend(S);
    return LoadReport.of(List.of(tally), 2);
  }

  @Test
  void theJsonHoldsAllNumbers() throws IOException {
    Map<String, Double> numbers = new LinkedHashMap<>();
    try (JsonParser json = new JsonFactory().createParser(report().toJson())) {
      for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
        if (token.isNumeric()) {
          numbers.put(json.currentName(), json.getDoubleValue());
        }
      }
    }

    assertEquals(15, numbers.size(), numbers::toString);
    assertEquals(11, numbers.get("sent"));
    assertEquals(10, numbers.get("delivered"));
    assertEquals(1, numbers.get("lost"));
    assertEquals(5, numbers.get("throughputPerSecond"));
    assertEquals(3, numbers.getOrDefault("p99.9", 0.0), 0.01);
  }

  @Test
  void theTextHoldsWhatPeopleAskFirst() {
    String text = report().toText();

    assertTrue(text.contains("10 of 11 in 2.0 s (9.091 % lost), 5 a second"), text);
    assertTrue(text.contains("p99 3.00 ms"), text);
  }
}
