package org.peerrelay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerrelay.message.Payload;
import org.peerrelay.transport.TestPeer;

/** What a message may hold, from end to end through two relays. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PeerPayloadTest {
  private static final int MAX_BYTES = 65_536;

  private TestPeer first;
  private TestPeer second;
  private TestPeer alice;
  private TestPeer bob;

  @BeforeAll
  void start() throws IOException {
    first = TestPeer.relay();
    second = TestPeer.relay(first.url());
    second.awaitLink(first);
    alice = TestPeer.leaf(first);
    bob = TestPeer.leaf(second);
    alice.awaitReached(bob);
  }

  @AfterAll
  void stop() {
    alice.close();
    bob.close();
    second.close();
    first.close();
  }

  private void assertArrives(Payload payload) {
    alice.peer().send(bob.id(), payload);
    assertEquals(new TestPeer.Received(alice.id(), payload), bob.receive());
  }

  private void assertRefused(Payload payload, String message) {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> alice.peer().send(bob.id(), payload));
    assertTrue(String.valueOf(refused.getMessage()).startsWith(message), refused::toString);
  }

  private static byte[] random(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }

  private static String jsonString(int bytes) {
    return '"' + "x".repeat(bytes - 2) + '"';
  }

  @Test
  void asManyBytesAsMayBeArrive() {
    assertArrives(Payload.bytes(random(MAX_BYTES)));
    byte[] longest = new byte[MAX_BYTES];
    Arrays.fill(longest, (byte) 255);
    assertArrives(Payload.bytes(longest));
  }

  @Test
  void oneByteMoreIsRefused() {
    assertRefused(
        Payload.bytes(new byte[MAX_BYTES + 1]), "payload: 65537 bytes (expected: at most 65536)");
  }

  @Test
  void aJsonTextAsLongAsMayBeArrives() {
    assertArrives(Payload.json(jsonString(MAX_BYTES)));
    assertArrives(Payload.json('"' + "\u00e9".repeat(MAX_BYTES / 2 - 1) + '"'));
  }

  @Test
  void aJsonTextThatIsOneByteLongerIsRefused() {
    assertRefused(
        Payload.json(jsonString(MAX_BYTES + 1)), "payload: 65537 bytes (expected: at most 65536)");
  }

  @Test
  void noBytesAtAllAndNothingAtAllArrive() {
    assertArrives(Payload.bytes(new byte[0]));
    assertArrives(Payload.undefined());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "true",
        "-1.5e-7",
        "\"\"",
        "\"\\u0000\\n\\\"\"",
        "\"\u00e9\u4e2d\ud83d\ude00\"",
        "[]",
        "[1,[2,[3]]]",
        "{}",
        "{\"type\":\"user\",\"data\":{\"to\":null}}",
        "{\"a\":1,\"a\":2}",
        "{\"type\":\"Buffer\",\"data\":[1,2,3],\"more\":1}",
        " {\"spaces\" : [ 1 , 2 ]}"
      })
  void everyJsonValueArrivesAsItWasSpelled(String json) {
    alice.peer().send(bob.id(), Payload.json(json));
    assertEquals(json.strip(), bob.receive().payload().jsonText().strip());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "x", "{", "1 2", "'a'", "undefined", "NaN", "[1,]"})
  void whatIsNoJsonValueIsRefused(String text) {
    assertRefused(Payload.json(text), "payload: no JSON value");
  }

  @Test
  void jsonNestedTooDeeplyIsRefused() {
    assertRefused(Payload.json("[".repeat(600) + "]".repeat(600)), "payload: no JSON value");
  }

  @Test
  void aMessageToItselfArrives() {
    alice.assertReaches(alice);
    Payload payload = Payload.bytes(random(100));
    alice.peer().send(alice.id(), payload);
    assertEquals(new TestPeer.Received(alice.id(), payload), alice.receive());
  }
}
