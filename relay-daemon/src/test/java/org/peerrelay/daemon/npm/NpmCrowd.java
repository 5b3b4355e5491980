package org.peerrelay.daemon.npm;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Npm peers that only dial, used all together. Their events are counted, not reported. */
public final class NpmCrowd {
  private static final int SENDS_PER_SECOND = 2000;

  private final NpmHost host;
  private final String name;
  private final List<String> ids;

  NpmCrowd(NpmHost host, String name, List<String> ids) {
    this.host = host;
    this.name = name;
    this.ids = ids;
  }

  public List<String> ids() {
    return ids;
  }

  /**
   * Waits until every peer is known to a relay, as in {@link NpmPeer#awaitAccepted}. An npm server
   * never answers those that its buckets have no room for, which it may lack from 21 on.
   */
  public NpmCrowd awaitAccepted() {
    host.askCrowd(JsonLine.command("await-accepted").with("name", name));
    return this;
  }

  /**
   * Makes every peer send to pseudo-random ones of these ids, never to itself, at 2,000 sends a
   * second or slower. Peers that a crowd of another host opened count their arrivals there.
   *
   * @param run names the tally; several crowds may share one if each sends in it only once
   * @param rounds messages by each peer
   * @param seed the same gives the same choices
   * @return completed with the number sent, after the last
   */
  public CompletableFuture<Long> sendMatrix(
      String run, List<String> targets, int rounds, long seed) {
    JsonLine command =
        JsonLine.command("send-matrix")
            .with("run", run)
            .with("name", name)
            .with("targets", targets)
            .with("rounds", rounds)
            .with("seed", seed)
            .with("perSecond", SENDS_PER_SECOND);
    return host.askLater(command).thenApply(answer -> answer.number("sent"));
  }

  /**
   * {@link #sendMatrix} among the peers of this crowd, to its end.
   *
   * @return the tally when all has arrived, or nothing more does
   */
  public NpmTally exchange(String run, int rounds, long seed) {
    Duration paced = Duration.ofSeconds((long) rounds * ids.size() / SENDS_PER_SECOND);
    Duration deadline = NpmHost.CROWD_DEADLINE.plus(paced);
    long sent = NpmHost.await(sendMatrix(run, ids, rounds, seed), run, deadline);
    return host.settledTally(run, sent);
  }
}
