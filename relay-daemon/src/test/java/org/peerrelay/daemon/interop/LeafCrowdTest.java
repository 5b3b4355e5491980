package org.peerrelay.daemon.interop;

import org.junit.jupiter.api.Test;
import org.peerrelay.daemon.npm.NeedsNpm;
import org.peerrelay.daemon.npm.NpmHost;

/** More npm leaves on one daemon than an npm relay can serve: that keeps 20 of a bucket. */
@NeedsNpm
final class LeafCrowdTest {
  private static final int LEAVES = 1_000;
  private static final int ROUNDS = 5;

  @Test
  void aThousandLeavesOfOneDaemonReachEachOther() {
    try (JavaPeer daemon = JavaPeer.daemon();
        NpmHost host = NpmHost.start()) {
      new Throng().with(host, LEAVES, daemon.url()).exchange(ROUNDS);
    }
  }
}
