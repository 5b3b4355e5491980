package org.peerrelay.swarm;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.peerrelay.message.IdRange;
import org.peerrelay.message.Message;
import org.peerrelay.message.SwarmRecord;

/** When a home asks the first holder. */
class UpstreamTest {
  private static final long MS = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long S = TimeUnit.SECONDS.toNanos(1);

  private final Upstream upstream = new Upstream(DirectoryConfig.DEFAULT, new SplittableRandom(1));

  private void answer(@Nullable IdRange complete, long nowNs, SwarmRecord... records) {
    upstream.onNews(
        new Message.SwarmNews(DirectoryBench.SWARM, upstream.token(), complete, List.of(records)),
        nowNs);
  }

  @Test
  void aQuestionThatNobodyHasAnsweredIsAskedAgainASecondLater() {
    assertTrue(upstream.isDue(0));
    assertFalse(upstream.isDue(999 * MS));
    assertTrue(upstream.isDue(S));
    assertFalse(upstream.isDue(S + 999 * MS));
  }

  @Test
  void whereNothingDiffersItAsksEveryTenSeconds() {
    assertTrue(upstream.isDue(0));
    answer(Pages.ALL, 100 * MS);
    assertFalse(upstream.isDue(10 * S));
    assertTrue(upstream.isDue(10 * S + 100 * MS));
    answer(null, 11 * S);
    assertFalse(upstream.isDue(20 * S));
    assertTrue(upstream.isEqual(20 * S), "it was a moment ago");
  }

  @Test
  void whereSomethingWasMissingItLooksAgain() {
    assertTrue(upstream.isDue(0));
    answer(new IdRange(Pages.ALL.first(), DirectoryBench.SWARM), 100 * MS);
    assertFalse(upstream.isDue(900 * MS));
    assertTrue(upstream.isDue(S));
    assertFalse(upstream.isEqual(S));
  }

  @Test
  void newsThatWereNotAskedForAnswerNothing() {
    DirectoryBench bench = new DirectoryBench();
    SwarmRecord record =
        new SwarmRecord(bench.membership(DirectoryBench.identity(), false), bench.self, 0, false);
    assertTrue(upstream.isDue(0));
    answer(null, 500 * MS, record);
    assertTrue(upstream.isDue(S));
  }
}
