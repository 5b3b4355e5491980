package org.peerrelay.daemon.soak;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.peerrelay.daemon.npm.NeedsNpm;
import org.peerrelay.daemon.npm.NpmHost;
import org.peerrelay.daemon.npm.NpmPeer;

/**
 * The npm package's own peers talk for minutes through daemons, in every constellation: no message
 * is lost, none comes twice, no daemon complains. {@code -Dsoak.minutes} says how long each lasts.
 */
@Tag("soak")
@NeedsNpm
@Timeout(value = 1, unit = TimeUnit.DAYS)
final class EnduranceTest {
  private static final Duration DURATION = Duration.ofMinutes(Long.getLong("soak.minutes", 3));
  private static final long SEED = Long.getLong("peerrelay.seed", 1);

  private static final int MANY = 100;
  private static final int LEAVES_PER_DAEMON = 10;

  @Test
  void manyLeavesAtOneDaemon() throws Exception {
    try (SoakDaemon daemon = SoakDaemon.start();
        NpmHost host = NpmHost.start();
        NpmHost other = NpmHost.start()) {
      List<Talker> leaves = npmLeaves(host, daemon, MANY / 2);
      leaves.addAll(npmLeaves(other, daemon, MANY / 2));
      talk("many leaves at one daemon", leaves);
      daemon.stop();
    }
  }

  /**
   * The daemons cannot meet but along the chain, and leaves hear of no other daemon than theirs.
   */
  @Test
  void leavesAlongAChain() throws Exception {
    try (SoakDaemon first = SoakDaemon.withoutUrl();
        SoakDaemon second = SoakDaemon.withoutUrl(first.url());
        SoakDaemon third = SoakDaemon.withoutUrl(second.url());
        NpmHost host = NpmHost.start()) {
      List<SoakDaemon> chain = List.of(first, second, third);
      for (int i = 1; i < chain.size(); i++) {
        awaitLinked(chain.get(i - 1), chain.get(i));
      }
      List<Talker> leaves = new ArrayList<>();
      for (SoakDaemon daemon : chain) {
        leaves.addAll(npmLeaves(host, daemon, LEAVES_PER_DAEMON));
      }
      talk("leaves along a chain of 3 daemons", leaves);
      for (SoakDaemon daemon : chain) {
        daemon.stop();
      }
    }
  }

  /** Few leaves: an npm server has room for 20 in each of its buckets, and loses the others. */
  @Test
  void leavesOfADaemonAndOfTheNpmServerThatItDials() throws Exception {
    try (NpmHost host = NpmHost.start()) {
      NpmPeer server = host.listen("server");
      try (SoakDaemon daemon = SoakDaemon.start(server.url())) {
        daemon.awaitLinked(server.id());
        List<NpmPeer> leaves = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
          leaves.add(host.open("at the server " + i, server.url()));
          leaves.add(host.open("at the daemon " + i, daemon.url()));
        }
        for (NpmPeer leaf : leaves) {
          // Whichever it was told of first, it hears of the other and links with that too.
          leaf.awaitAccepted(server.id());
          leaf.awaitAccepted(daemon.id());
        }
        List<Talker> talkers = new ArrayList<>(leaves.stream().map(NpmTalker::new).toList());
        talkers.add(new NpmTalker(server));
        talk("leaves of a daemon and of the npm server that it dials", talkers);
        daemon.stop();
      }
    }
  }

  @Test
  void javaPeersAndNpmPeersAtTwoDaemons() throws Exception {
    List<Talker> leaves = new ArrayList<>();
    try (SoakDaemon first = SoakDaemon.withoutUrl();
        SoakDaemon second = SoakDaemon.withoutUrl(first.url());
        NpmHost host = NpmHost.start()) {
      awaitLinked(first, second);
      for (SoakDaemon daemon : List.of(first, second)) {
        leaves.addAll(npmLeaves(host, daemon, LEAVES_PER_DAEMON));
        for (int i = 0; i < LEAVES_PER_DAEMON; i++) {
          leaves.add(JavaTalker.at(daemon));
        }
      }
      talk("Java peers and npm peers at two daemons", leaves);
      first.stop();
      second.stop();
    } finally {
      leaves.forEach(Talker::close);
    }
  }

  private static void talk(String name, List<Talker> talkers) {
    System.out.println("soak: " + name + ": repeat with -Dpeerrelay.seed=" + SEED);
    new Conversation(name, talkers, SEED).last(DURATION);
  }

  private static void awaitLinked(SoakDaemon one, SoakDaemon other) {
    one.awaitLinked(other.id());
    other.awaitLinked(one.id());
  }

  private static List<Talker> npmLeaves(NpmHost host, SoakDaemon daemon, int count) {
    List<Talker> leaves = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      NpmPeer leaf = host.open("leaf " + i + " of " + daemon.id(), daemon.url());
      leaf.awaitAccepted(daemon.id());
      leaves.add(new NpmTalker(leaf));
    }
    return leaves;
  }
}
