package org.peerrelay.lab.load;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class LoadReportTest {
  private static final long S = 1_000_000_000;

  private final Tally tally = new Tally(0, 2 * S);

  private String text() {
    for (int i = 0; i < 10_000; i++) {
      tally.onArrived(tally.onSend(i), i, i + 3_000_000);
    }
    tally.onSend(S);
    return LoadReport.of(List.of(tally)).toText();
  }

  @Test
  void theTextHoldsWhatPeopleAskFirst() {
    assertEquals(
        """
        sent                       10,001
        delivered                  10,000         5,000 a second
        lost                            1         0.010 %
        duplicates                      0
        latency in ms       p50       p90       p99     p99.9       max
                           3.00      3.00      3.00      3.00      3.00
        """,
        text());
  }

  @Test
  void whatShouldNotHappenIsToldIfItDid() {
    tally.onLate(0);
    tally.onCorrupted();
    tally.onStray();
    tally.onBlocked();
    tally.onConnectionLost();

    List<String> lines = text().lines().toList();
    assertEquals("sent late                       1", lines.get(1));
    String counts = String.join("\n", lines.subList(5, 9)) + "\n";
    assertEquals(
        """
        corrupted                       1
        at other clients                1
        socket was full                 1
        connections lost                1
        """,
        counts);
  }
}
