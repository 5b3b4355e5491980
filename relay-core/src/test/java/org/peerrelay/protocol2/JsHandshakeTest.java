package org.peerrelay.protocol2;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerrelay.id.PeerId;
import org.peerrelay.wire.JsonRecord;

/** Handshakes of a client in JavaScript: which the relay takes, and how it refuses the others. */
@NeedsJsClient
class JsHandshakeTest {
  private static final int MALFORMED = 1007;
  private static final int NO_COMMON_VERSION = 4010;
  private static final int BAD_PROOF = 4012;
  private static final String DATAGRAM = "01" + "00".repeat(71);
  private static final String PROOF = "81" + "00".repeat(64);

  private Protocol2Scene scene;

  @BeforeEach
  void start() throws Exception {
    scene = new Protocol2Scene();
  }

  @AfterEach
  void stop() throws Exception {
    scene.stop();
  }

  @Test
  void aClientThatProvesItsIdIsLinked() throws Exception {
    scene.js.tell(scene.dial("client"));

    scene.relay.awaitLink(scene.linked("client"));
  }

  @Test
  void aClientThatWantsAnotherRelayLeaves() throws Exception {
    scene.js.tell(scene.dial("client").with("relay", new PeerId(1, 2, 3).hex()));

    scene.assertClosed(4006, "client");
  }

  @ParameterizedTest
  @ValueSource(strings = {"signature", "side", "id"})
  void aProofThatIsWrongIsRefused(String corrupt) throws Exception {
    scene.js.tell(scene.dial("client").with("corrupt", corrupt));

    scene.assertClosed(BAD_PROOF, "client");
  }

  @Test
  void aHandshakeThatWasRecordedIsRefused() throws Exception {
    scene.link("client");

    scene.js.tell(scene.dialAs("replayer", "client").with("replay", "client"));

    scene.assertClosed(BAD_PROOF, "replayer");
  }

  @Test
  void aProofByAnotherKeyIsRefused() throws Exception {
    scene.js.tell(
        scene
            .dial("client")
            .withJson("frames", "[\"" + hello("02", "02", "") + "\",\"" + PROOF + "\"]"));

    scene.assertClosed(BAD_PROOF, "client");
  }

  @Test
  void aKeyForWhichAnybodyCanSignIsRefused() throws Exception {
    String neutral = "01" + "00".repeat(31);
    String hello = "80020200" + neutral + "08".repeat(32);
    String proof = "81" + neutral + "00".repeat(32);
    scene.js.tell(scene.dial("client").withJson("frames", "[\"" + hello + "\",\"" + proof + "\"]"));

    scene.assertClosed(BAD_PROOF, "client");
  }

  @Test
  void fieldsThatTheRelayDoesNotKnowAreSkipped() throws Exception {
    scene.js.tell(
        scene
            .dial("client")
            .withJson(
                "hello",
                "{\"extra\":[{\"type\":65535,\"value\":\"c0ffee\"},{\"type\":5,\"value\":\"\"}]}"));

    scene.assertAlive("client", scene.linked("client"));
  }

  @Test
  void aClientThatAlsoSpeaksLaterVersionsIsLinked() throws Exception {
    scene.js.tell(scene.dial("client").withJson("hello", "{\"lowest\":1,\"highest\":9}"));

    scene.assertAlive("client", scene.linked("client"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void aClientWithoutACommonVersionIsRefused(int version) throws Exception {
    scene.js.tell(
        scene
            .dial("client")
            .withJson("hello", "{\"lowest\":%d,\"highest\":%d}".formatted(version, version)));

    scene.assertClosed(NO_COMMON_VERSION, "client");
  }

  @Test
  void malformedHellosAreRefused() throws Exception {
    String[] hellos = {
      hello("02", "02", "").substring(2),
      hello("03", "02", ""),
      hello("02", "02", "0002"),
      hello("02", "02", "00020005" + "6131"),
      hello("02", "02", "00020001" + "61" + "00020001" + "61"),
      hello("02", "02", "00010002" + "c328"),
      hello("02", "02", "0009" + HexFormat.of().toHexDigits((short) 2_000) + "00".repeat(2_000)),
      "",
      PROOF,
      DATAGRAM
    };
    for (int i = 0; i < hellos.length; i++) {
      String client = "client" + i;
      scene.js.tell(
          scene.dial(client).withJson("frames", "[\"" + hellos[i] + "\",\"" + PROOF + "\"]"));

      JsonRecord closed = scene.js.await(client, "closed");
      assertEquals(MALFORMED, closed.number("code"), hellos[i]);
    }
  }

  @Test
  void nothingMayStandBetweenHelloAndProof() throws Exception {
    for (String frame : new String[] {DATAGRAM, "82", PROOF + "00"}) {
      String client = "client" + frame.length();
      scene.js.tell(
          scene
              .dial(client)
              .withJson("frames", "[\"" + hello("02", "02", "") + "\",\"" + frame + "\"]"));

      scene.assertClosed(MALFORMED, client);
    }
  }

  /** A HELLO of a key that nobody has, with fields in hexadecimal digits. */
  private static String hello(String lowest, String highest, String fields) {
    return "80" + lowest + highest + "00" + "07".repeat(32) + "08".repeat(32) + fields;
  }
}
