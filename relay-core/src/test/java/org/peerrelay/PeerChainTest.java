package org.peerrelay;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.peerrelay.message.Payload;
import org.peerrelay.transport.TestPeer;

/** Relays bootstrapped in a line, with leaves at both ends. */
class PeerChainTest {
  private static final int MESSAGES = 1_000;

  private static String url(TestPeer relay) {
    return "ws://127.0.0.1:" + relay.address().getPort();
  }

  private static TestPeer leaf(TestPeer relay) throws IOException {
    return TestPeer.of(builder -> builder.bootstrap(url(relay)));
  }

  /** Relays that listen on any address do not know their URLs, and so cannot be met by others. */
  private static List<TestPeer> line(int relays, boolean shortcuts) throws IOException {
    List<TestPeer> line = new ArrayList<>();
    for (int i = 0; i < relays; i++) {
      TestPeer before = i == 0 ? null : line.get(i - 1);
      TestPeer relay =
          TestPeer.of(
              builder -> {
                builder.listen(shortcuts ? TestPeer.anyPort() : new InetSocketAddress(0));
                return before == null ? builder : builder.bootstrap(url(before));
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
    try (TestPeer first = leaf(line.get(0));
        TestPeer last = leaf(line.get(relays - 1))) {
      first.awaitReached(last);
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
    try (TestPeer leaf = leaf(line.get(0))) {
      for (TestPeer relay : line) {
        leaf.assertReaches(relay);
        relay.assertReaches(leaf);
      }
    } finally {
      line.forEach(TestPeer::close);
    }
  }
}
