package org.peerrelay.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.DropReason;

/**
 * JSON that may not be passed on: each frame is dropped by its name and the link lives, since the
 * next frame over it arrives. After each the relay still relays for others.
 */
class DatagramViolationsTest extends UnharmedRelay {
  private static final String USER = "{\"type\":\"user\",\"data\":1}";

  private final Random random = new Random(4);
  private PeerId id;
  private PeerId alice;
  private RawClient client;

  @BeforeEach
  void link() throws IOException {
    id = PeerId.random(random);
    client = bench.link(id);
    alice = bench.alice.id();
  }

  @AfterEach
  void theLinkLives() throws IOException {
    client.text(Datagrams.user(id, alice, "\"after\""));
    assertEquals("\"after\"", bench.alice.receive().payload().jsonText());
    client.close();
    bench.relay.awaitLost(id);
  }

  private void dropped(DropReason reason, String text) throws IOException {
    long before = bench.dropped(reason);
    client.text(text);
    client.text(Datagrams.user(id, alice, "\"next\""));
    assertEquals("\"next\"", bench.alice.receive().payload().jsonText());
    assertEquals(before + 1, bench.dropped(reason), () -> "dropped as " + reason);
  }

  @Test
  void anObjectThatIsNoDatagram() throws IOException {
    dropped(DropReason.MALFORMED, "{}");
  }

  @Test
  void aNonceThatIsANumber() throws IOException {
    String text = Datagrams.user(id, alice, "1").replaceAll("\"nonce\":\"(\\d+)\"", "\"nonce\":$1");
    dropped(DropReason.MALFORMED, text);
  }

  @Test
  void dataThatIsNull() throws IOException {
    dropped(DropReason.MALFORMED, Datagrams.write(id, alice, List.of(id), "null"));
  }

  @Test
  void aPathThatIsMissing() throws IOException {
    dropped(
        DropReason.MALFORMED,
        Datagrams.user(id, alice, "1").replaceAll("\"path\":\\[[^]]*\\],", ""));
  }

  @Test
  void foundPeersThatAreNoArray() throws IOException {
    String data = "{\"type\":\"foundPeers\",\"data\":{}}";
    dropped(DropReason.MALFORMED, Datagrams.write(id, alice, List.of(id), data));
  }

  @Test
  void jsonNestedSixtyThousandDeep() throws IOException {
    String deep = "[".repeat(60_000) + "]".repeat(60_000);
    dropped(DropReason.TOO_DEEP, Datagrams.user(id, alice, deep));
  }

  @Test
  void aPathOfThousandsOfEntries() throws IOException {
    List<PeerId> path = Collections.nCopies(5_000, id);
    dropped(DropReason.HOP_LIMIT, Datagrams.write(id, alice, path, USER));
  }

  @Test
  void aPathAsLongAsItMayBe() throws IOException {
    dropped(DropReason.HOP_LIMIT, Datagrams.write(id, alice, Collections.nCopies(20, id), USER));
  }

  @Test
  void anAuthorOtherThanThePathSays() throws IOException {
    dropped(DropReason.FORGED_PATH, Datagrams.write(bench.bob.id(), alice, List.of(id), USER));
  }

  @Test
  void aPathThatDoesNotEndHere() throws IOException {
    PeerId bob = bench.bob.id();
    dropped(DropReason.FORGED_PATH, Datagrams.write(bob, alice, List.of(bob), USER));
  }

  @Test
  void anEmptyPath() throws IOException {
    dropped(DropReason.FORGED_PATH, Datagrams.write(id, alice, List.of(), USER));
  }

  @Test
  void aDatagramThatHasBeenHere() throws IOException {
    List<PeerId> path = List.of(id, bench.relay.id(), id);
    dropped(DropReason.LOOP, Datagrams.write(id, alice, path, USER));
  }

  @Test
  void theSameDatagramTwice() throws IOException {
    String text = Datagrams.user(id, alice, "\"once\"");
    client.text(text);
    assertEquals("\"once\"", bench.alice.receive().payload().jsonText());
    dropped(DropReason.DUPLICATE, text);
  }

  @Test
  void aTypeForTheRelayThatItDoesNotKnow() throws IOException {
    String data = "{\"type\":\"news\",\"data\":1}";
    dropped(DropReason.UNKNOWN_TYPE, Datagrams.write(id, bench.relay.id(), List.of(id), data));
  }

  @Test
  void aSignalForAPeerThatWouldDieOfIt() throws IOException {
    String data = "{\"type\":\"signal\",\"data\":{\"type\":\"offer\",\"sdp\":\"\"}}";
    PeerId legacy = PeerId.random(random);
    try (RawClient victim = bench.link(legacy)) {
      dropped(DropReason.NO_WEBRTC, Datagrams.write(id, legacy, List.of(id), data));
      victim.text(Datagrams.user(legacy, alice, "\"alive\""));
      assertEquals("\"alive\"", bench.alice.receive().payload().jsonText());
    }
    bench.relay.awaitLost(legacy);
  }
}
