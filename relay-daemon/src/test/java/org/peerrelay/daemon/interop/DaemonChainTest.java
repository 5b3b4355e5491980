package org.peerrelay.daemon.interop;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerrelay.daemon.npm.NeedsNpm;
import org.peerrelay.daemon.npm.NpmHost;

/** Datagrams through several daemons: all of them arrive, and once. */
@NeedsNpm
final class DaemonChainTest {
  private static final int CROWD = 30;
  private static final int ROUNDS = 10;

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 5})
  void allPairsTalkThroughDaemonsThatHaveMet(int length) {
    try (Chain chain = Chain.meshed(length);
        NpmHost host = NpmHost.start()) {
      chain.withLeaves(host).circle().talk();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 5})
  void allPairsTalkAlongDaemonsThatCannotMeet(int length) {
    try (Chain chain = Chain.stretched(length);
        NpmHost host = NpmHost.start()) {
      chain.withLeaves(host).circle().talk();
    }
  }

  @Test
  void crowdsTalkThroughDaemonsThatHaveMet() {
    try (Chain chain = Chain.meshed(3);
        NpmHost host = NpmHost.start()) {
      crowds(chain, host).exchange(ROUNDS);
    }
  }

  @Test
  void crowdsTalkAlongDaemonsThatCannotMeet() {
    try (Chain chain = Chain.stretched(5);
        NpmHost host = NpmHost.start()) {
      crowds(chain, host).exchange(ROUNDS);
    }
  }

  private static Throng crowds(Chain chain, NpmHost host) {
    Throng throng = new Throng();
    for (int place = 0; place < chain.length(); place++) {
      throng.with(host, CROWD, chain.daemon(place).url());
    }
    return throng;
  }
}
