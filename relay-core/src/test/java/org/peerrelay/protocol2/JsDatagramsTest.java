package org.peerrelay.protocol2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.Payload;
import org.peerrelay.wire.JsonRecord;

/** What a client in JavaScript sends and gets, over the relay and to the relay itself. */
@NeedsJsClient
class JsDatagramsTest {
  private static final int FLAG_UNVERIFIED = 2;
  private static final int FIND_PEERS = 2;
  private static final int FOUND_PEERS = 3;
  private static final int NOTICE = 7;
  private static final int MAX_HOPS = 20;

  /** A payload, as the driver has it, and as {@code data} of a legacy frame. */
  record Example(Payload payload, String js, String legacy) {}

  private Protocol2Scene scene;

  @BeforeEach
  void start() throws Exception {
    scene = new Protocol2Scene();
  }

  @AfterEach
  void stop() throws Exception {
    scene.stop();
  }

  static Stream<Example> examples() {
    return Stream.of(
        bytes("0001feff"),
        bytes(""),
        new Example(Payload.undefined(), "{\"undefined\":true}", ""),
        json("null"),
        json("\"\""),
        json("\"gr\u00fc\u00dfe\""),
        json("-1.5"),
        json("{\"a\":[1,{\"b\":false}]}"));
  }

  private static Example bytes(String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex);
    String numbers =
        IntStream.range(0, bytes.length)
            .mapToObj(i -> String.valueOf(bytes[i] & 255))
            .collect(Collectors.joining(","));
    return new Example(
        Payload.bytes(bytes),
        "{\"bytes\":\"" + hex + "\"}",
        ",\"data\":{\"type\":\"Buffer\",\"data\":[" + numbers + "]}");
  }

  private static Example json(String text) {
    return new Example(Payload.json(text), "{\"json\":" + text + "}", ",\"data\":" + text);
  }

  private static void assertPayload(Example expected, JsonRecord datagram) {
    JsonRecord payload = JsonRecord.parse(expected.js());
    for (String member : List.of("bytes", "json", "undefined")) {
      assertEquals(payload.has(member), datagram.has(member), datagram.toString());
      assertEquals(String.valueOf(payload.value(member)), String.valueOf(datagram.value(member)));
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void everyPayloadReachesAJavaPeerAndComesBack(Example example) throws Exception {
    PeerId client = scene.link("client");
    JavaPeer java = scene.javaPeer();

    scene.send("client", java.id(), example.js());
    java.assertReceives(client, example.payload());
    java.peer().send(client, example.payload());

    JsonRecord datagram = scene.js.awaitUser("client");
    assertPayload(example, datagram);
    assertEquals(java.id().hex(), datagram.text("from"));
    assertEquals(MAX_HOPS - 1, datagram.number("hops"));
  }

  @ParameterizedTest
  @MethodSource("examples")
  void everyPayloadReachesTheRelayItselfAndComesBack(Example example) throws Exception {
    PeerId client = scene.link("client");

    scene.send("client", scene.relay.id(), example.js());
    scene.relay.assertReceives(client, example.payload());
    scene.relay.peer().send(client, example.payload());

    assertPayload(example, scene.js.awaitUser("client"));
  }

  @ParameterizedTest
  @MethodSource("examples")
  void everyPayloadReachesALegacyPeerAndComesBack(Example example) throws Exception {
    PeerId client = scene.link("client");
    PeerId legacyId = new PeerId(1, 2, 3);
    LegacyClient legacy = scene.legacyClient(legacyId);

    legacy.send(client, example.legacy());
    JsonRecord datagram = scene.js.awaitUser("client");
    scene.send("client", legacyId, example.js());
    JsonRecord frame = legacy.awaitUser();

    assertPayload(example, datagram);
    assertEquals(FLAG_UNVERIFIED, datagram.number("flags") & FLAG_UNVERIFIED);
    assertEquals(MAX_HOPS - 1, datagram.number("hops"));
    assertEquals(List.of(client.hex(), scene.relay.id().hex()), frame.texts("path"));
    assertEquals(
        String.valueOf(JsonRecord.parse("{\"x\":1" + example.legacy() + "}").value("data")),
        String.valueOf(frame.record("data").value("data")));
  }

  @ParameterizedTest
  @MethodSource("examples")
  void everyPayloadReachesAnotherJavaScriptClient(Example example) throws Exception {
    PeerId alice = scene.link("alice");
    PeerId bob = scene.link("bob");

    scene.send("alice", bob, example.js());

    JsonRecord datagram = scene.js.awaitUser("bob");
    assertPayload(example, datagram);
    assertEquals(alice.hex(), datagram.text("from"));
    assertEquals(0, datagram.number("flags") & FLAG_UNVERIFIED);
  }

  @Test
  void theLargestContentReachesAJavaPeer() throws Exception {
    PeerId client = scene.link("client");
    JavaPeer java = scene.javaPeer();
    byte[] bytes = new byte[65_536];
    String json = '"' + "x".repeat(262_142) + '"';

    scene.send("client", java.id(), "{\"bytes\":\"" + "00".repeat(bytes.length) + "\"}");
    java.assertReceives(client, Payload.bytes(bytes));
    scene.send("client", java.id(), "{\"json\":" + json + "}");
    java.assertReceives(client, Payload.json(json));
  }

  @Test
  void aDatagramToItselfComesBackWithOneHopLess() throws Exception {
    PeerId client = scene.link("client");

    scene.send("client", client, "{\"json\":\"ping\"}");

    JsonRecord datagram = scene.js.awaitUser("client");
    assertEquals("ping", datagram.text("json"));
    assertEquals(client.hex(), datagram.text("from"));
    assertEquals(MAX_HOPS - 1, datagram.number("hops"));
  }

  @Test
  void theRelayTellsWhichPeersItKnows() throws Exception {
    PeerId alice = scene.link("alice");
    PeerId bob = scene.link("bob");

    scene.js.tell(JsCommand.of("findPeers", "alice").with("target", bob.hex()));

    JsonRecord answer = scene.js.awaitKind("alice", FOUND_PEERS);
    assertEquals(scene.relay.id().hex(), answer.text("from"));
    assertTrue(answer.texts("ids").contains(bob.hex()), answer.toString());
    assertFalse(answer.texts("ids").contains(alice.hex()), answer.toString());
  }

  @Test
  void theRelayAsksAClientForPeersNearToItself() throws Exception {
    scene.link("client");

    JsonRecord question = scene.js.awaitKind("client", FIND_PEERS);

    assertEquals(scene.relay.id().hex(), question.text("target"));
    assertEquals(scene.relay.id().hex(), question.text("from"));
  }

  @Test
  void aClientIsToldThatNobodyHasAnId() throws Exception {
    scene.link("client");
    PeerId nobody = new PeerId(9, 9, 9);

    scene.send("client", nobody, "{\"undefined\":true}");

    JsonRecord notice = scene.js.awaitKind("client", NOTICE);
    assertEquals(scene.relay.id().hex(), notice.text("from"));
    assertEquals(1, notice.number("code"));
    assertEquals(nobody.hex(), notice.text("to"));
  }

  @Test
  void aDatagramWithoutHopsLeftIsDroppedAndItsAuthorTold() throws Exception {
    PeerId client = scene.link("client");

    sendChanged(client, "{\"hops\":0}");

    assertEquals(3, scene.js.awaitKind("client", NOTICE).number("code"));
  }

  @Test
  void contentThatIsNotWhatItClaimsIsDroppedAndTheLinkStays() throws Exception {
    PeerId client = scene.link("client");
    String header = "01011400" + "0000000000000001" + scene.relay.id().hex() + "00".repeat(20);

    scene.js.tell(
        JsCommand.of("raw", "client")
            .with("frame", header + client.hex() + hex("{\"unfinished\":")));

    assertEquals(6, scene.js.awaitKind("client", NOTICE).number("code"));
    scene.assertAlive("client", client);
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 9, 10, 12, 14})
  void controlContentThatIsCutShortIsDroppedAndTheLinkStays(int kind) throws Exception {
    PeerId client = scene.link("client");

    scene.js.tell(
        JsCommand.of("send", "client")
            .with("to", scene.relay.id().hex())
            .withJson("payload", "{\"bytes\":\"00c0ffee\"}")
            .withJson("changes", "{\"kind\":%d}".formatted(kind)));

    assertEquals(6, scene.js.awaitKind("client", NOTICE).number("code"));
    scene.assertAlive("client", client);
  }

  @Test
  void aClientCannotSpeakForAnother() throws Exception {
    PeerId client = scene.link("client");
    JavaPeer java = scene.javaPeer();

    sendChanged(java.id(), "{\"from\":\"" + scene.relay.id().hex() + "\"}");
    scene.send("client", java.id(), "{\"json\":\"own\"}");

    java.assertReceives(client, Payload.json("\"own\""));
  }

  @Test
  void copiesOfADatagramArriveOnce() throws Exception {
    PeerId client = scene.link("client");

    sendChanged(client, "{\"nonce\":5}");
    sendChanged(client, "{\"nonce\":5}");

    scene.js.awaitUser("client");
    assertEquals("duplicate", scene.js.await("client", "dropped").text("reason"));
  }

  private void sendChanged(PeerId to, String changes) throws Exception {
    scene.js.tell(
        JsCommand.of("send", "client")
            .with("to", to.hex())
            .withJson("payload", "{\"undefined\":true}")
            .withJson("changes", changes));
  }

  private static String hex(String text) {
    return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
  }
}
