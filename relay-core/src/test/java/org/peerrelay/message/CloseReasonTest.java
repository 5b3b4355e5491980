package org.peerrelay.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CloseReasonTest {
  /** RFC 6455, section 7.4.1: the codes below 3000 that an endpoint may put into a frame. */
  private static final Set<Integer> REGISTERED =
      Set.of(1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1015);

  @ParameterizedTest
  @EnumSource
  void theCodeIsRegisteredOrFromTheRangeForPrivateUse(CloseReason reason) {
    int code = reason.code();

    assertTrue(REGISTERED.contains(code) || (code >= 4000 && code <= 4999), () -> "code " + code);
  }

  @ParameterizedTest
  @EnumSource
  void theTextFitsIntoACloseFrame(CloseReason reason) {
    assertTrue(reason.text().length() <= 123);
    assertTrue(reason.text().chars().allMatch(c -> c >= ' ' && c < 127));
  }

  @Test
  void noTwoReasonsShareACode() {
    assertEquals(
        CloseReason.values().length,
        Arrays.stream(CloseReason.values()).map(CloseReason::code).distinct().count());
  }
}
