package org.peerrelay.daemon.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.peerrelay.daemon.http.ProblemException;

/** How many sessions there may be, and how fast they may be made. */
class SessionQuotaTest {
  private static final GatewayLimits LIMITS = GatewayScene.small();
  private static final long REST_NS = LIMITS.restNs();

  private final SessionQuota quota = new SessionQuota(() -> LIMITS);

  private void assertRefused(GatewayRefusal refusal, String address, long nowNs) {
    ProblemException refused =
        assertThrows(ProblemException.class, () -> quota.take(address, nowNs));
    assertEquals(refusal.reason(), refused.problem().reason());
  }

  @Test
  void anAddressHasItsNumberAndAllHaveTheirs() throws ProblemException {
    quota.take("a", 0);
    quota.take("a", 0);
    assertRefused(GatewayRefusal.TOO_MANY_FROM_ADDRESS, "a", 0);
    quota.take("b", 0);
    assertRefused(GatewayRefusal.TOO_MANY_SESSIONS, "c", 0);
  }

  @Test
  void whatHasEndedCountsForAWhile() throws ProblemException {
    quota.take("a", 0);
    quota.take("a", 0);
    quota.end("a", 1);
    quota.end("a", 2);
    assertRefused(GatewayRefusal.TOO_MANY_FROM_ADDRESS, "a", REST_NS);
    quota.take("a", REST_NS + 1);
    assertRefused(GatewayRefusal.TOO_MANY_FROM_ADDRESS, "a", REST_NS + 1);
    quota.take("a", REST_NS + 2);
    quota.take("b", REST_NS + 2);
    assertRefused(GatewayRefusal.TOO_MANY_SESSIONS, "c", REST_NS + 2);
  }
}
