package org.peerrelay.protocol2;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerrelay.id.PeerId;
import org.peerrelay.swarm.SwarmDrop;
import org.peerrelay.swarm.SwarmKey;
import org.peerrelay.wire.JsonRecord;

/** Members of a swarm: a client in JavaScript and a Java peer, at one relay or at two. */
@NeedsJsClient
class JsSwarmTest {
  private static final byte[] KEY_BYTES = "a secret".getBytes(UTF_8);
  private static final SwarmKey KEY = SwarmKey.of(KEY_BYTES);
  private static final String CLIENT = "client";
  private static final String IMPOSTOR = "impostor";
  private static final PeerId CLIENT_ID = Protocol2Scene.idOf(CLIENT);
  private static final String TOPIC = "chat";
  private static final int SWARM_NEWS = 16;

  private Protocol2Scene scene;

  @BeforeEach
  void start() throws Exception {
    scene = new Protocol2Scene();
  }

  @AfterEach
  void stop() throws Exception {
    scene.stop();
  }

  /** The Java member, at the client's relay or at another; each has heard of the other. */
  private JavaMember join(boolean twoRelays) throws Exception {
    JavaPeer peer = scene.javaPeer(twoRelays ? scene.secondRelay(any -> true) : scene.relay);
    JavaMember java = JavaMember.join(peer, KEY, TOPIC);
    assertEquals(CLIENT_ID, scene.link(CLIENT));
    scene.js.tell(JsCommand.of("join", CLIENT).with("key", KEY_BYTES));
    assertEquals(java.id().hex(), scene.js.await(CLIENT, "join").text("id"));
    java.assertJoins(CLIENT_ID);
    return java;
  }

  private static JsCommand say(String peer, String text) {
    return JsCommand.of("say", peer).with("topic", TOPIC).with("bytes", text.getBytes(UTF_8));
  }

  private void assertJsHears(PeerId from, String text, boolean toAll) throws Exception {
    JsonRecord data = scene.js.await(CLIENT, "data");
    assertEquals(from.hex(), data.text("from"));
    assertEquals(toAll, data.flag("toAll"));
    assertEquals(HexFormat.of().toHexDigits(KEY.topic(TOPIC)), data.text("number"));
    assertEquals(text, new String(data.bytes("payload"), UTF_8));
  }

  @ParameterizedTest(name = "two relays: {0}")
  @ValueSource(booleans = {false, true})
  void membersTalkUntilTheClientLeaves(boolean twoRelays) throws Exception {
    JavaMember java = join(twoRelays);

    for (int i = 0; i < 3; i++) {
      scene.js.tell(say(CLIENT, "to you " + i).with("to", java.id().hex()));
      java.assertHears(CLIENT_ID, "to you " + i);
      scene.js.tell(say(CLIENT, "to all " + i));
      java.assertHears(CLIENT_ID, "to all " + i);
      java.send(CLIENT_ID, "to you " + i);
      assertJsHears(java.id(), "to you " + i, false);
      java.broadcast("to all " + i);
      assertJsHears(java.id(), "to all " + i, true);
    }

    scene.js.tell(JsCommand.of("leave", CLIENT));
    java.assertLeaves(CLIENT_ID);
  }

  @ParameterizedTest(name = "two relays: {0}")
  @ValueSource(booleans = {false, true})
  void theClientHearsThatAMemberHasLeft(boolean twoRelays) throws Exception {
    JavaMember java = join(twoRelays);

    java.leave();

    assertEquals(java.id().hex(), scene.js.await(CLIENT, "leave").text("id"));
  }

  @Test
  void whoseLinkHasEndedHasLeft() throws Exception {
    JavaMember java = join(false);

    scene.js.tell(JsCommand.of("close", CLIENT));

    java.assertLeaves(CLIENT_ID);
  }

  @Test
  void whoKnowsTheIdOfTheSwarmAloneIsNoMember() throws Exception {
    JavaMember java = join(false);
    PeerId impostor = scene.link(IMPOSTOR);

    scene.js.tell(JsCommand.of("join", IMPOSTOR).with("swarm", KEY.swarm().hex()));
    assertEquals(impostor.hex(), scene.js.await(CLIENT, "refused").text("id"));
    java.awaitDropped(SwarmDrop.FORGED_MEMBERSHIP, 1);
    scene.js.tell(say(IMPOSTOR, "to you").with("to", java.id().hex()));
    java.awaitDropped(SwarmDrop.FORGED_DATA, 1);
    scene.js.tell(say(IMPOSTOR, "to all"));
    java.awaitDropped(SwarmDrop.FORGED_DATA, 2);

    scene.js.tell(say(CLIENT, "I am one").with("to", java.id().hex()));
    java.assertHears(CLIENT_ID, "I am one");
    java.assertNeverMember(impostor);
    assertNothingDiffers();
  }

  /** Asserts that the client, when it asks, knows all that its home does, impostors too. */
  private void assertNothingDiffers() throws Exception {
    scene.js.tell(JsCommand.of("ask", CLIENT));
    JsonRecord news;
    do {
      news = scene.js.awaitKind(CLIENT, SWARM_NEWS);
    } while (!news.records("records").isEmpty());
  }
}
