package org.peerrelay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.Payload;
import org.peerrelay.transport.Datagrams;
import org.peerrelay.transport.RawClient;
import org.peerrelay.transport.TestPeer;

/** A dozen relays with leaves of both formats: everybody reaches everybody. */
class PeerMeshTest {
  private static final int RELAYS = 12;
  private static final int LEAVES = 24;
  private static final int LEGACY = 12;

  private final Random random = new Random(12);
  private final List<TestPeer> leaves = new ArrayList<>();
  private final Map<PeerId, RawClient> legacy = new LinkedHashMap<>();
  private RelayMesh mesh;

  @BeforeEach
  void start() throws IOException {
    mesh = RelayMesh.of(RELAYS);
    for (int i = 0; i < LEAVES; i++) {
      leaves.add(mesh.leaf(i));
    }
    for (int i = 0; i < LEGACY; i++) {
      PeerId id = PeerId.random(random);
      legacy.put(id, RawClient.link(mesh.relay(i).address(), id));
      mesh.relay(i).awaitLinked(id);
    }
  }

  @AfterEach
  void stop() throws IOException {
    for (RawClient client : legacy.values()) {
      client.close();
    }
    mesh.close();
  }

  /** What has come to a legacy client so far: the last is a message of its relay. */
  private static Set<String> texts(RawClient client, int count) throws IOException {
    Set<String> texts = new TreeSet<>();
    for (int i = 0; i < count; i++) {
      String frame = client.readUser();
      texts.add(frame.replaceAll(".*\"from\":\"(\\w+)\".*", "$1"));
    }
    return texts;
  }

  private static Set<String> authors(TestPeer leaf, int count) {
    Set<String> authors = new TreeSet<>();
    for (int i = 0; i < count; i++) {
      authors.add(leaf.receive().from().hex());
    }
    return authors;
  }

  @Test
  void everyPeerReachesEveryOtherOnce() throws IOException {
    for (TestPeer from : leaves) {
      for (TestPeer to : leaves) {
        if (from != to) {
          from.awaitReached(to);
        }
      }
    }
    sendAll();
    for (TestPeer leaf : leaves) {
      assertEquals(LEAVES + LEGACY - 1, authors(leaf, LEAVES + LEGACY - 1).size());
    }
    for (RawClient client : legacy.values()) {
      assertEquals(LEAVES + LEGACY - 1, texts(client, LEAVES + LEGACY - 1).size());
    }
    assertNothingCameTwice();
  }

  private void sendAll() throws IOException {
    for (TestPeer from : leaves) {
      leaves.stream().filter(to -> to != from).forEach(to -> send(from, to.id()));
      legacy.keySet().forEach(to -> send(from, to));
    }
    for (Map.Entry<PeerId, RawClient> from : legacy.entrySet()) {
      for (TestPeer to : leaves) {
        from.getValue().text(Datagrams.user(from.getKey(), to.id(), "\"x\""));
      }
      for (PeerId to : legacy.keySet()) {
        if (!to.equals(from.getKey())) {
          from.getValue().text(Datagrams.user(from.getKey(), to, "\"x\""));
        }
      }
    }
  }

  private static void send(TestPeer from, PeerId to) {
    from.peer().send(to, Payload.json("\"x\""));
  }

  /** A message of each relay to its own leaves comes after all copies that were on their way. */
  private void assertNothingCameTwice() throws IOException {
    for (int i = 0; i < LEAVES; i++) {
      mesh.relay(i).assertReaches(leaves.get(i));
      assertEquals(0, leaves.get(i).waiting(), "messages that came twice");
    }
    int i = 0;
    for (Map.Entry<PeerId, RawClient> client : legacy.entrySet()) {
      TestPeer relay = mesh.relay(i++);
      send(relay, client.getKey());
      String next = client.getValue().readUser();
      assertTrue(next.contains("\"from\":\"" + relay.id().hex()), next);
    }
  }
}
