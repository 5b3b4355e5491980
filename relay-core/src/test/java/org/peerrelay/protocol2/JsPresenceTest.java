package org.peerrelay.protocol2;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerrelay.id.PeerId;
import org.peerrelay.swarm.SwarmKey;
import org.peerrelay.wire.JsonRecord;

/** Who is online: a client in JavaScript and Java peers, at one relay or at two. */
@NeedsJsClient
class JsPresenceTest {
  private static final byte[] KEY_BYTES = "a feed".getBytes(UTF_8);
  private static final SwarmKey KEY = SwarmKey.of(KEY_BYTES);
  private static final String CLIENT = "client";
  private static final PeerId CLIENT_ID = Protocol2Scene.idOf(CLIENT);
  private static final String NAME = "hyper-presence";

  private Protocol2Scene scene;

  @BeforeEach
  void start() throws Exception {
    scene = new Protocol2Scene();
  }

  @AfterEach
  void stop() throws Exception {
    scene.stop();
  }

  private JavaMember javaMember(JavaPeer relay) throws Exception {
    return JavaMember.join(scene.javaPeer(relay), KEY, "none");
  }

  private void joinClient(String shown) throws Exception {
    assertEquals(CLIENT_ID, scene.link(CLIENT));
    scene.js.tell(JsCommand.of("join", CLIENT).with("key", KEY_BYTES).with("presence", NAME));
    show(shown);
  }

  private void show(String json) throws Exception {
    scene.js.await(CLIENT, "joined");
    scene.js.tell(JsCommand.of("show", CLIENT).with("data", json.getBytes(UTF_8)));
  }

  private void awaitClientSees(PeerId... online) throws Exception {
    List<String> wanted = Arrays.stream(online).map(PeerId::hex).sorted().toList();
    while (!scene.js.await(CLIENT, "online").texts("ids").equals(wanted)) {
      // Others come and go before.
    }
  }

  private void assertClientIsShown(PeerId peer, String json) throws Exception {
    JsonRecord shown = scene.js.await(CLIENT, "shows");
    assertEquals(peer.hex(), shown.text("id"));
    assertEquals(json, new String(shown.bytes("data"), UTF_8));
  }

  @ParameterizedTest(name = "two relays: {0}")
  @ValueSource(booleans = {false, true})
  void bothSeeEachOtherAndWhatTheOtherShows(boolean twoRelays) throws Exception {
    JavaMember member = javaMember(twoRelays ? scene.secondRelay(any -> true) : scene.relay);
    JavaPresence java = new JavaPresence(member, NAME, "\"I am Java\"");
    joinClient("\"I am not\"");

    java.awaitOnline(member.id(), CLIENT_ID);
    java.assertShows(CLIENT_ID, "\"I am not\"");
    awaitClientSees(member.id(), CLIENT_ID);
    assertClientIsShown(member.id(), "\"I am Java\"");

    java.setData("\"changed\"");
    assertClientIsShown(member.id(), "\"changed\"");
    scene.js.tell(JsCommand.of("show", CLIENT).with("data", "\"changed too\"".getBytes(UTF_8)));
    java.assertShows(CLIENT_ID, "\"changed too\"");
  }

  @Test
  void whoHasSaidGoodbyeIsNotOnline() throws Exception {
    JavaMember stays = javaMember(scene.relay);
    JavaMember goes = javaMember(scene.relay);
    JavaPresence staying = new JavaPresence(stays, NAME, "{}");
    JavaPresence going = new JavaPresence(goes, NAME, "{}");
    joinClient("{}");
    staying.awaitOnline(stays.id(), goes.id(), CLIENT_ID);
    awaitClientSees(stays.id(), goes.id(), CLIENT_ID);

    going.close();
    awaitClientSees(stays.id(), CLIENT_ID);
    staying.awaitOnline(stays.id(), CLIENT_ID);
    scene.js.tell(JsCommand.of("hide", CLIENT));
    staying.awaitOnline(stays.id());
  }

  @Test
  void aJavaPeerThatComesLateIsTheThird() throws Exception {
    JavaMember first = javaMember(scene.relay);
    JavaPresence early = new JavaPresence(first, NAME, "\"early\"");
    joinClient("\"script\"");
    awaitClientSees(first.id(), CLIENT_ID);

    JavaMember third = javaMember(scene.relay);
    JavaPresence late = new JavaPresence(third, NAME, "\"late\"");

    late.awaitOnline(first.id(), CLIENT_ID, third.id());
    early.awaitOnline(first.id(), CLIENT_ID, third.id());
    awaitClientSees(first.id(), CLIENT_ID, third.id());
    assertClientIsShown(first.id(), "\"early\"");
    assertClientIsShown(third.id(), "\"late\"");
  }
}
