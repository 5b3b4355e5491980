package org.peerrelay.daemon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.peerrelay.Peer;
import org.peerrelay.PeerBuilder;
import org.peerrelay.id.PeerId;

/** Two relays in this process, linked with each other. */
class TraceCommandTest {
  private static final String MS = " \\d+\\.\\d\\d ms ";

  private final LinkedBlockingQueue<PeerId> peersOfSecond = new LinkedBlockingQueue<>();
  private Peer first;
  private Peer second;
  private String url;

  @BeforeEach
  void startRelays() throws Exception {
    first = listening().start();
    url = String.valueOf(first.url());
    second = listening().bootstrap(url).onPeer(peersOfSecond::add).start();
    awaitPeerOfSecond(first.id());
  }

  private static PeerBuilder listening() {
    return Peer.builder().listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  private void awaitPeerOfSecond(PeerId id) throws InterruptedException {
    assertEquals(id, peersOfSecond.poll(20, TimeUnit.SECONDS));
  }

  @AfterEach
  void closeRelays() {
    second.close();
    first.close();
  }

  private static void assertMatches(String regex, String line) {
    assertTrue(line.matches(regex), line);
  }

  private Peer leafOfSecond() throws Exception {
    Peer leaf = Peer.builder().bootstrap(String.valueOf(second.url())).start();
    awaitPeerOfSecond(leaf.id());
    return leaf;
  }

  @Test
  void everyRelayOnTheWayTellsWhatItDid() throws Exception {
    try (Peer leaf = leafOfSecond()) {
      Run run = Run.of("trace", url, leaf.id().hex());
      assertEquals(0, run.status(), run::toString);
      assertEquals(List.of(), run.err());
      assertEquals(4, run.out().size(), run::toString);
      assertMatches(
          " 1 "
              + first.id()
              + MS
              + "passed it on towards the target's (id|relay), to "
              + second.id(),
          run.out().get(0));
      assertMatches(
          " 2 " + second.id() + MS + "passed it on over the target's own link, to " + leaf.id(),
          run.out().get(1));
      assertMatches(" 3 " + leaf.id() + MS + "is the target", run.out().get(2));
      assertMatches("arrived at hop 3 after" + MS.stripTrailing(), run.out().get(3));
    }
  }

  @Test
  void hopsAreJsonForPrograms() {
    String id = second.id().hex();
    Run run = Run.of("trace", "--json", url, id);
    assertEquals(0, run.status(), run::toString);
    assertEquals(3, run.out().size(), run::toString);
    assertMatches(
        "\\{\"event\":\"hop\",\"hop\":1,\"node\":\""
            + first.id()
            + "\",\"verdict\":\"ATTACHED\",\"ms\":\\d+\\.\\d+,\"next\":\""
            + id
            + "\"}",
        run.out().get(0));
    assertMatches(
        "\\{\"event\":\"hop\",\"hop\":2,\"node\":\""
            + id
            + "\",\"verdict\":\"ARRIVED\",\"ms\":\\d+\\.\\d+}",
        run.out().get(1));
    assertEquals(
        "{\"event\":\"trace\",\"to\":\""
            + id
            + "\",\"outcome\":\"ARRIVED\",\"hop\":2,\"node\":\""
            + id
            + "\",\"verdict\":\"ARRIVED\"}",
        run.out().get(2));
  }

  @Test
  void whereItEndsIsToldAndStatus5() throws Exception {
    String node = first.id().hex();
    // Nearer to the first relay than to the second, so that it ends there.
    byte[] bytes = first.id().toBytes();
    bytes[19] ^= 1;
    String nobody = PeerId.ofBytes(bytes).hex();
    Run run = Run.of("trace", url, nobody);
    assertEquals(5, run.status(), run::toString);
    assertEquals(List.of(), run.err());
    assertEquals(2, run.out().size(), run::toString);
    assertMatches(" 1 " + node + MS + "dropped it: nothing leads to the target", run.out().get(0));
    assertEquals(
        "ended at hop 1, " + node + ", which dropped it: nothing leads to the target",
        run.out().get(1));
    run = Run.of("trace", "--json", url, nobody);
    assertEquals(5, run.status(), run::toString);
    assertEquals(
        "{\"event\":\"trace\",\"to\":\""
            + nobody
            + "\",\"outcome\":\"DROPPED\",\"hop\":1,\"node\":\""
            + node
            + "\",\"verdict\":\"NO_ROUTE\"}",
        run.out().get(1));
  }

  @Test
  void aLegacyPeerDoesNotReportAndStatus6() throws Exception {
    LegacyClient.connect(url, 7);
    String id = "07".repeat(20);
    Run run = Run.of("trace", url, id);
    assertEquals(6, run.status(), run::toString);
    assertEquals(3, run.out().size(), run::toString);
    assertMatches(
        " 1 " + first.id() + MS + "passed it on in the legacy format, to " + id, run.out().get(0));
    assertEquals(" 2 *", run.out().get(1));
    assertEquals(
        "lost sight of after hop 1, "
            + first.id()
            + ", which passed it on in the legacy format;"
            + " npm peers and relays do not answer traces",
        run.out().get(2));
    run = Run.of("trace", "--json", url, id);
    assertEquals(6, run.status(), run::toString);
    assertEquals("{\"event\":\"hop\",\"hop\":2}", run.out().get(1));
  }

  @Test
  void whereThereIsNoRelayTheStatusIs3() {
    assertEquals(
        "no link: ws://localhost:1 did not answer within 0.1 s (expected: a running relay);"
            + " --verbose says why",
        Run.of("trace", "ws://localhost:1", Run.SOME_ID, "--timeout=0.1").failure(3));
  }
}
