package org.peerrelay.bench.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class ProcessTimesTest {
  @Test
  void userAndSystemTimeAreAddedUpWhateverTheName() {
    assertEquals(
        1_234 + 567,
        ProcessTimes.ticks(
            "42 (a) b (c)) S 1 42 42 0 -1 4194304 1065 0 0 0 1234 567 9 9 20 0 1 0 5 6 7"));
    assertEquals(0, ProcessTimes.ticks(""));
  }

  @Test
  void residentMemoryIsReadInKilobytes() {
    assertEquals(
        2_048 * 1_024,
        ProcessTimes.residentBytes("Name:\tx\nVmPeak:\t   9999 kB\nVmRSS:\t    2048 kB\n"));
    assertEquals(0, ProcessTimes.residentBytes("Name:\tzombie\n"));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void thisProcessHasBoth() throws IOException {
    assertTrue(ProcessTimes.cpuNs(ProcessHandle.current()) > 0);
    assertTrue(ProcessTimes.residentBytes(ProcessHandle.current()) > 1_000_000);
  }
}
