package org.peerrelay;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.peerrelay.message.Payload;
import org.peerrelay.node.NodeConfig;
import org.peerrelay.overlay.OverlayConfig;
import org.peerrelay.transport.TestPeer;

/** Relays bootstrapped in a line, with leaves at both ends. */
class PeerChainTest {
  private static final int MESSAGES = 1_000;

  /** A relay that links with nobody but those whom it bootstraps to. */
  private static NodeConfig noMoreLinks() {
    OverlayConfig relay = OverlayConfig.RELAY;
    return new NodeConfig(
        NodeConfig.RELAY.router(),
        new OverlayConfig(
            0,
            relay.redialMinNs(),
            relay.redialMaxNs(),
            relay.handshakeNs(),
            relay.avoidNs(),
            relay.maxAvoided(),
            relay.pingAfterNs(),
            relay.deadAfterNs(),
            relay.probeNs(),
            relay.crossingNs(),
            relay.replaceNs(),
            relay.maxProven(),
            relay.refreshNs()),
        NodeConfig.RELAY.waitingBytes(),
        NodeConfig.RELAY.waitingNs());
  }

  private static List<TestPeer> line(int relays, boolean shortcuts) throws IOException {
    List<TestPeer> line = new ArrayList<>();
    for (int i = 0; i < relays; i++) {
      NodeConfig config = shortcuts ? NodeConfig.RELAY : noMoreLinks();
      TestPeer before = i == 0 ? null : line.get(i - 1);
      TestPeer relay =
          TestPeer.of(
              builder -> {
                builder.node(config).listen(TestPeer.anyPort());
                return before == null ? builder : builder.bootstrap(before.url());
              });
      if (before != null) {
        relay.awaitLink(before);
      }
      line.add(relay);
    }
    return line;
  }

  private static void assertAllArriveOnce(TestPeer from, TestPeer to) {
    for (int i = 0; i < MESSAGES; i++) {
      from.peer().send(to.id(), Payload.json(Integer.toString(i)));
    }
    Set<Integer> numbers = new TreeSet<>();
    for (int i = 0; i < MESSAGES; i++) {
      TestPeer.Received received = to.receive();
      assertEquals(from.id(), received.from());
      numbers.add(Integer.valueOf(received.payload().jsonText()));
    }
    assertEquals(MESSAGES, numbers.size());
  }

  @ParameterizedTest(name = "{0} relays, shortcuts {1}")
  @CsvSource({"1, false", "3, false", "5, false", "5, true"})
  void allMessagesArriveOnceInBothDirections(int relays, boolean shortcuts) throws IOException {
    List<TestPeer> line = line(relays, shortcuts);
    try (TestPeer first = TestPeer.leaf(line.get(0));
        TestPeer last = TestPeer.leaf(line.get(relays - 1))) {
      assertAllArriveOnce(first, last);
      assertAllArriveOnce(last, first);
      assertEquals(0, first.waiting(), "messages that came twice");
      assertEquals(0, last.waiting(), "messages that came twice");
    } finally {
      Collections.reverse(line);
      line.forEach(TestPeer::close);
    }
  }

  @Test
  void relaysOfTheLineAreReachedToo() throws IOException {
    List<TestPeer> line = line(4, false);
    try (TestPeer leaf = TestPeer.leaf(line.get(0))) {
      for (TestPeer relay : line) {
        leaf.assertReaches(relay);
        relay.assertReaches(leaf);
      }
    } finally {
      line.forEach(TestPeer::close);
    }
  }
}
