package org.peerrelay.daemon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.peerrelay.Peer;
import org.peerrelay.id.PeerId;

/** A relay in this process, which is pinged, or stands before what is. */
class PingCommandTest {
  private static final String MS = "\\d+\\.\\d\\d";
  private static final String NOT_THERE = "no such peer; no relay knows a way to it";

  private final LinkedBlockingQueue<PeerId> peers = new LinkedBlockingQueue<>();
  private Peer relay;
  private String url;

  @BeforeEach
  void startRelay() throws IOException {
    relay =
        Peer.builder()
            .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .onPeer(peers::add)
            .start();
    url = String.valueOf(relay.url());
  }

  @AfterEach
  void closeRelay() {
    relay.close();
  }

  /** A peer that is linked with the relay. */
  private Peer leaf() throws Exception {
    Peer leaf = Peer.builder().bootstrap(url).start();
    assertEquals(leaf.id(), peers.poll(20, TimeUnit.SECONDS));
    return leaf;
  }

  private static void assertMatches(String regex, String line) {
    assertTrue(line.matches(regex), line);
  }

  @Test
  void everyAnswerIsALineAndThenThereIsASummary() throws Exception {
    try (Peer leaf = leaf()) {
      String id = leaf.id().hex();
      Run run = Run.of("ping", url, id, "--count", "3", "--interval", "10");
      assertEquals(0, run.status(), run::toString);
      assertEquals(List.of(), run.err());
      assertEquals(5, run.out().size(), run::toString);
      for (int seq = 1; seq <= 3; seq++) {
        assertMatches("pong " + seq + " " + MS + " ms", run.out().get(seq - 1));
      }
      assertEquals("3 sent to " + id + ", 3 received, 0.0 % lost", run.out().get(3));
      assertMatches(
          "round trip in ms: min M, avg M, p50 M, p99 M, max M".replace("M", MS), run.out().get(4));
    }
  }

  @Test
  void theRelayItselfCanBePinged() {
    Run run = Run.in(Map.of("RELAY_COUNT", "1"), "ping", url, relay.id().hex());
    assertEquals(0, run.status(), run::toString);
    assertMatches("pong 1 " + MS + " ms", run.out().get(0));
  }

  @Test
  void answersAreJsonForPrograms() {
    String id = relay.id().hex();
    Run run = Run.of("ping", "--json", url, id, "--count=2", "--interval=10");
    assertEquals(0, run.status(), run::toString);
    String number = "\\d+\\.\\d+";
    assertEquals(3, run.out().size(), run::toString);
    assertMatches("\\{\"event\":\"pong\",\"seq\":1,\"ms\":" + number + "}", run.out().get(0));
    assertMatches("\\{\"event\":\"pong\",\"seq\":2,\"ms\":" + number + "}", run.out().get(1));
    assertMatches(
        "\\{\"event\":\"ping\",\"to\":\""
            + id
            + "\",\"sent\":2,\"received\":2,\"lossPercent\":0.0,"
            + "\"roundTripMs\":\\{\"min\":N,\"avg\":N,\"p50\":N,\"p99\":N,\"max\":N}}"
                .replace("N", number),
        run.out().get(2));
  }

  @Test
  void aPeerThatNobodyKnowsIsToldByTheRelayAndStatus5() {
    Run run = Run.of("ping", url, Run.SOME_ID, "--count=2", "--interval=10");
    assertEquals(5, run.status(), run::toString);
    assertEquals(List.of(), run.err());
    assertEquals(
        List.of(
            "lost 1 " + NOT_THERE,
            "lost 2 " + NOT_THERE,
            "2 sent to " + Run.SOME_ID + ", 0 received, 100.0 % lost"),
        run.out());
    run = Run.of("ping", "--json", url, Run.SOME_ID, "--count=1");
    assertEquals(5, run.status(), run::toString);
    assertEquals(
        List.of(
            "{\"event\":\"lost\",\"seq\":1,\"reason\":\"NO_ROUTE\"}",
            "{\"event\":\"ping\",\"to\":\""
                + Run.SOME_ID
                + "\",\"sent\":1,\"received\":0,\"lossPercent\":100.0}"),
        run.out());
  }

  @Test
  void aLegacyPeerDoesNotAnswerAndStatus6() throws Exception {
    LegacyClient.connect(url, 7);
    String id = "07".repeat(20);
    Run run = Run.of("ping", url, id, "--count=2", "--interval=10", "--timeout=0.3");
    assertEquals(6, run.status(), run::toString);
    assertEquals(
        List.of(
            "lost 1 no answer within 0.3 s",
            "lost 2 no answer within 0.3 s",
            "2 sent to " + id + ", 0 received, 100.0 % lost"),
        run.out());
    assertEquals(
        List.of("relay: no answer: " + id + " (expected: a peer there; npm peers never answer)"),
        run.err());
  }

  @Test
  void whereThereIsNoRelayTheStatusIs3() {
    assertEquals(
        "no link: ws://localhost:1 did not answer within 0.1 s (expected: a running relay);"
            + " --verbose says why",
        Run.of("ping", "ws://localhost:1", Run.SOME_ID, "--timeout=0.1").failure(3));
  }

  @Test
  void sigintEndsItWithASummaryOfWhatWasAnsweredUntilThePeerLeft() throws Exception {
    Peer leaf = leaf();
    try (leaf;
        RelayProcess ping =
            RelayProcess.start("ping", url, leaf.id().hex(), "--count=9999", "--interval=20")) {
      assertMatches("pong 1 " + MS + " ms", ping.out().next());
      leaf.close();
      String line = ping.out().next();
      while (line.startsWith("pong ")) {
        line = ping.out().next();
      }
      assertMatches("lost \\d+ " + NOT_THERE, line);
      assumeFalse(ping.ignores("INT"), "a parent process has the signal ignored");
      ping.signal("INT");
      assertEquals(0, ping.exitStatus());
      List<String> rest = ping.out().rest().lines().filter(l -> !l.startsWith("lost ")).toList();
      assertEquals(2, rest.size(), rest::toString);
      assertMatches(
          "\\d+ sent to " + leaf.id() + ", \\d+ received, \\d+\\.\\d % lost", rest.get(0));
      assertTrue(rest.get(1).startsWith("round trip in ms: min "), rest::toString);
      assertEquals("", ping.err().rest());
    }
  }

  @Test
  void aRelayThatGoesAwayIsTold() throws Exception {
    try (RelayProcess ping =
        RelayProcess.start("ping", url, relay.id().hex(), "--count=9999", "--interval=20")) {
      assertMatches("pong 1 " + MS + " ms", ping.out().next());
      relay.close();
      String line = ping.out().next();
      while (line.startsWith("pong ")) {
        line = ping.out().next();
      }
      assertMatches("lost \\d+ the link with the relay broke", line);
    }
  }

  @Test
  void whenNobodyReadsItEnds() {
    String script = "{ \"$@\"; echo status $? >&2; } | { head -n 1; echo reader gone >&2; }";
    try (RelayProcess ping =
        RelayProcess.startInShell(
            script, "ping", url, relay.id().hex(), "--count=9999", "--interval=50")) {
      assertMatches("pong 1 " + MS + " ms", ping.out().next());
      assertEquals("reader gone", ping.err().next());
      assertEquals(
          "relay: standard output: Broken pipe (expected: somebody who reads)", ping.err().next());
      assertEquals("status 1", ping.err().next());
    }
  }
}
