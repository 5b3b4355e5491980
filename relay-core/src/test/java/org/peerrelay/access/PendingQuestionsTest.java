package org.peerrelay.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nobody takes the service away from all others. */
class PendingQuestionsTest {
  private final PendingQuestions pending = new PendingQuestions();

  private static @Nullable InetAddress address(@Nullable String text) throws UnknownHostException {
    return text == null ? null : InetAddress.getByName(text);
  }

  /** How many more may be asked about somebody there. */
  private int begin(@Nullable String text) throws UnknownHostException {
    int begun = 0;
    while (pending.begin(address(text))) {
      begun++;
    }
    return begun;
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 192.0.2.1, 192.0.2.2",
    "2001:db8::1, 2001:db8::2, 2001:db8:0:1::1",
    "192.0.2.1, ::ffff:192.0.2.1, 2001:db8::1"
  })
  void oneAddressHasSoManyAndOthersHaveTheirOwn(String one, String same, String other)
      throws UnknownHostException {
    assertEquals(AccessCallout.MAX_PENDING_PER_ADDRESS, begin(one));
    assertFalse(pending.begin(address(same)));
    assertEquals(AccessCallout.MAX_PENDING_PER_ADDRESS, begin(other));
    pending.end(address(same));
    assertEquals(1, begin(one));
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"127.0.0.1", "::1"})
  void whoIsOnThisMachineHasTheBoundOfAll(@Nullable String here) throws UnknownHostException {
    assertEquals(AccessCallout.MAX_PENDING, begin(here));
    assertEquals(0, begin("192.0.2.1"));
    pending.end(address(here));
    assertEquals(1, begin("192.0.2.1"));
  }

  @Test
  void whatHasEndedLeavesNothingBehind() throws UnknownHostException {
    for (int i = 0; i < 1_000; i++) {
      assertTrue(pending.begin(address("192.0.2.1")));
      pending.end(address("192.0.2.1"));
    }
    assertEquals(AccessCallout.MAX_PENDING_PER_ADDRESS, begin("192.0.2.1"));
  }
}
