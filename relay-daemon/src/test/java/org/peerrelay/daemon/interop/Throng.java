package org.peerrelay.daemon.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.peerrelay.daemon.npm.NpmCrowd;
import org.peerrelay.daemon.npm.NpmHost;
import org.peerrelay.daemon.npm.NpmTally;

/** Many npm leaves at several relays and in several processes, who send to random ones of all. */
final class Throng {
  private static final long TIMEOUT_S = 600;

  private final Set<NpmHost> hosts = new LinkedHashSet<>();
  private final List<NpmCrowd> crowds = new ArrayList<>();
  private int runs;

  /** Adds leaves that run on this host and dial this URL, and waits until they are accepted. */
  Throng with(NpmHost host, int count, String url) {
    hosts.add(host);
    crowds.add(host.openMany("crowd " + crowds.size(), count, url).awaitAccepted());
    return this;
  }

  /** Everybody sends this many messages; all must arrive where they are meant to, once. */
  void exchange(int rounds) {
    String run = "run " + runs++;
    List<String> targets = crowds.stream().flatMap(crowd -> crowd.ids().stream()).toList();
    List<CompletableFuture<Long>> sends = new ArrayList<>();
    for (NpmCrowd crowd : crowds) {
      sends.add(crowd.sendMatrix(run, targets, rounds, runs * 1_000L + sends.size()));
    }
    long sent = 0;
    for (CompletableFuture<Long> send : sends) {
      sent += send.orTimeout(TIMEOUT_S, TimeUnit.SECONDS).join();
    }
    assertEquals((long) rounds * targets.size(), sent);
    NpmTally tally = settled(run, 0);
    if (tally.lost() > 0) {
      tally = settled(run, Long.MAX_VALUE);
    }
    assertEquals(new NpmTally(sent, sent, 0, 0, 0), tally);
  }

  /** Where it is not known how many will arrive at each host, they are told at least how many. */
  private NpmTally settled(String run, long atLeast) {
    NpmTally sum = new NpmTally(0, 0, 0, 0, 0);
    for (NpmHost host : hosts) {
      sum = sum.plus(host.settledTally(run, atLeast));
    }
    return sum;
  }
}
