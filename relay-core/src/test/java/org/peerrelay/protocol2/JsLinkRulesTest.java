package org.peerrelay.protocol2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerrelay.id.PeerId;
import org.peerrelay.wire.JsonRecord;

/** What ends a link of a client in JavaScript, what does not, and who keeps an id. */
@NeedsJsClient
class JsLinkRulesTest {
  private static final int TEXT_MESSAGE = 1003;
  private static final int MALFORMED = 1007;
  private static final int TOO_LARGE = 1009;
  private static final int LINKED_ALREADY = 4001;
  private static final int REPLACED = 4007;

  private static final long TWO_SECONDS_NS = TimeUnit.SECONDS.toNanos(2);

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
  void aTextMessageEndsTheLink() throws Exception {
    scene.link("client");

    scene.js.tell(JsCommand.of("text", "client").with("text", "{}"));

    scene.assertClosed(TEXT_MESSAGE, "client");
  }

  @ParameterizedTest
  @ValueSource(strings = {"82", "ff00", "80", "81"})
  void framesForTheLinkAloneThatTheRelayDoesNotKnowAreSkipped(String frame) throws Exception {
    PeerId client = scene.link("client");

    scene.js.tell(JsCommand.of("raw", "client").with("frame", frame));

    scene.assertAlive("client", client);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 21, 126, 127})
  void datagramsOfUnknownKindsArePassedOnAndSkipped(int kind) throws Exception {
    PeerId alice = scene.link("alice");
    PeerId bob = scene.link("bob");

    sendKind(kind, bob);
    assertEquals(kind, scene.js.await("bob", "skipped").number("kind"));
    sendKind(kind, scene.relay.id());

    scene.assertAlive("alice", alice);
  }

  private void sendKind(int kind, PeerId to) throws Exception {
    scene.js.tell(
        JsCommand.of("send", "alice")
            .with("to", to.hex())
            .withJson("payload", "{\"bytes\":\"c0ffee\"}")
            .withJson("changes", "{\"kind\":%d}".formatted(kind)));
  }

  @Test
  void malformedDatagramsEndTheLink() throws Exception {
    String rest = "00".repeat(60);
    String[] frames = {
      "",
      "01001400" + "00".repeat(67),
      "01001500" + "0000000000000000" + rest,
      "01001400" + "00038d7ea4c68000" + rest,
      "01001400" + "ffffffffffffffff" + rest
    };
    for (int i = 0; i < frames.length; i++) {
      String client = "client" + i;
      scene.link(client);

      scene.js.tell(JsCommand.of("raw", client).with("frame", frames[i]));

      scene.assertClosed(MALFORMED, client);
    }
  }

  @Test
  void aDatagramOverTheLimitEndsItsAuthorsLinkAndNoOther() throws Exception {
    scene.link("alice");
    PeerId bob = scene.link("bob");

    scene.send("alice", bob, "{\"bytes\":\"" + "00".repeat(65_537) + "\"}");

    scene.assertClosed(MALFORMED, "alice");
    scene.assertAlive("bob", bob);
  }

  @Test
  void aMessageThatIsTooLargeForAnyFormatEndsTheLink() throws Exception {
    scene.link("client");

    scene.js.tell(JsCommand.of("raw", "client").with("frame", "00".repeat(300_000)));

    scene.assertClosed(TOO_LARGE, "client");
  }

  @Test
  void aSecondLinkWithTheSameKeyIsRefusedForTwoSecondsAndThenReplacesTheOlder() throws Exception {
    long startNs = System.nanoTime();
    scene.link("older");
    int attempt = 0;
    while (!takes("newer" + attempt)) {
      attempt++;
    }
    long elapsedNs = System.nanoTime() - startNs;

    assertTrue(elapsedNs >= TWO_SECONDS_NS, "replaced after " + elapsedNs + " ns");
    scene.assertClosed(REPLACED, "older");
    PeerId id = scene.linked("newer" + attempt);
    scene.assertAlive("newer" + attempt, id);
  }

  /** Dials with the older one's key; whether the relay has then welcomed the link. */
  private boolean takes(String newer) throws Exception {
    scene.js.tell(scene.dialAs(newer, "older"));
    JsonRecord next = scene.js.await(newer, "datagram", "closed");
    if (next.text("event").equals("closed")) {
      assertEquals(LINKED_ALREADY, next.number("code"), next.toString());
      return false;
    }
    return true;
  }

  @Test
  void aLegacyLinkCannotTakeAnIdThatHasBeenProven() throws Exception {
    PeerId client = scene.link("client");

    LegacyClient whileLinked = scene.legacyClient(client);
    assertEquals(LINKED_ALREADY, whileLinked.awaitClose());
    scene.assertAlive("client", client);

    scene.js.tell(JsCommand.of("close", "client"));
    scene.js.await("client", "closed");
    LegacyClient whileAway = scene.legacyClient(client);
    assertEquals(LINKED_ALREADY, whileAway.awaitClose());
  }

  @Test
  void aLegacyLinkWithAnIdOfItsOwnStaysBesideProvenOnes() throws Exception {
    PeerId client = scene.link("client");
    LegacyClient legacy = scene.legacyClient(new PeerId(1, 2, 3));

    legacy.send(client, "");

    assertEquals(new PeerId(1, 2, 3).hex(), scene.js.awaitUser("client").text("from"));
  }
}
