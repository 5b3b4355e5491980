package org.peerrelay.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.EventLoop;
import io.netty.util.internal.PlatformDependent;
import java.io.IOException;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.CloseReason;
import org.peerrelay.relay.Refusal;
import org.peerrelay.testing.Changed;

/** What waits to be sent takes its share of the memory: then there are no new links. */
class FullQueuesTest {
  private static void wait(EventLoop loop, int moreBytes) {
    loop.submit(() -> EventLoops.outbox(loop).countWaiting(moreBytes)).syncUninterruptibly();
  }

  @Test
  void newLinksAreRefusedAndTheOldOnesWork() throws IOException {
    ConnectionLimits limits = Changed.in(ConnectionLimits.DEFAULT, Map.of("queuePercent", 1));
    int percentBytes = Math.toIntExact(PlatformDependent.maxDirectMemory() / 100);
    EventLoop loop = EventLoops.next();
    try (RelayBench bench = new RelayBench(builder -> builder.limits(() -> limits))) {
      wait(loop, percentBytes + 1);
      try (RawClient refused = bench.connect()) {
        String response = refused.upgrade("");
        assertTrue(response.startsWith("HTTP/1.1 503 "), response);
        assertTrue(response.contains("retry-after: "), response);
      }
      assertEquals(1, bench.refused(Refusal.QUEUES_FULL));
      assertEquals(1, bench.closed(CloseReason.FULL));
      bench.assertRelays();
      wait(loop, -percentBytes - 1);
      bench.link(PeerId.random(new Random(8))).close();
    }
  }
}
