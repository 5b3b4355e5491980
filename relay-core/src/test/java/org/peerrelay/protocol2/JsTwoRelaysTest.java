package org.peerrelay.protocol2;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerrelay.TraceHop;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.HopVerdict;
import org.peerrelay.message.Payload;
import org.peerrelay.wire.JsonRecord;

/**
 * A client in JavaScript at one relay and a Java peer at another. Each test runs twice: with the
 * client's own relay nearer to its id, to which its datagrams then find by themselves, and with the
 * other one, which has to be told by the client's pointer where it is.
 */
@NeedsJsClient
class JsTwoRelaysTest {
  private static final String CLIENT = "client";
  private static final PeerId CLIENT_ID = Protocol2Scene.idOf(CLIENT);

  private static final int FLAG_WANTS_ANSWER = 4;
  private static final int PONG = 12;
  private static final int TRACE_HOP = 14;

  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final Duration ONE_PING = Duration.ofMillis(500);
  private static final long RETRY_NS = 20_000_000;

  /** The other side: the second relay and the Java peer there. */
  private record FarSide(JavaPeer relay, JavaPeer peer) {}

  private Protocol2Scene scene;

  @BeforeEach
  void start() throws Exception {
    scene = new Protocol2Scene();
  }

  @AfterEach
  void stop() throws Exception {
    scene.stop();
  }

  /** Links both, and waits until the Java peer has found the client. */
  private FarSide link(boolean ownRelayIsNearer) throws Exception {
    PeerId own = scene.relay.id();
    JavaPeer relay =
        scene.secondRelay(far -> CLIENT_ID.compareDistance(own, far) < 0 == ownRelayIsNearer);
    FarSide far = new FarSide(relay, scene.javaPeer(relay));
    assertEquals(CLIENT_ID, scene.link(CLIENT));
    awaitAnswer(far);
    return far;
  }

  private static void awaitAnswer(FarSide far) throws Exception {
    long deadlineNs = System.nanoTime() + TIMEOUT.toNanos();
    while (true) {
      try {
        far.peer.peer().ping(CLIENT_ID, ONE_PING).get();
        return;
      } catch (ExecutionException notYet) {
        if (System.nanoTime() - deadlineNs >= 0) {
          throw new AssertionError(CLIENT_ID + ": no answer at " + far.relay.id(), notYet);
        }
        LockSupport.parkNanos(RETRY_NS);
      }
    }
  }

  @ParameterizedTest(name = "own relay is nearer: {0}")
  @ValueSource(booleans = {true, false})
  void messagesGoBothWays(boolean ownRelayIsNearer) throws Exception {
    FarSide far = link(ownRelayIsNearer);

    for (int i = 0; i < 10; i++) {
      scene.send(CLIENT, far.peer.id(), "{\"json\":" + i + "}");
      far.peer.assertReceives(CLIENT_ID, Payload.json(Integer.toString(i)));
      far.peer.peer().send(CLIENT_ID, Payload.json(Integer.toString(-i)));

      JsonRecord datagram = scene.js.awaitUser(CLIENT);
      assertEquals(-i, datagram.number("json"));
      assertEquals(far.peer.id().hex(), datagram.text("from"));
    }
  }

  @ParameterizedTest(name = "own relay is nearer: {0}")
  @ValueSource(booleans = {true, false})
  void theClientPingsBothRelaysAndThePeerAndIsPinged(boolean ownRelayIsNearer) throws Exception {
    FarSide far = link(ownRelayIsNearer);

    for (JavaPeer peer : List.of(scene.relay, far.relay, far.peer)) {
      String nonce = probe("ping", peer.id());
      JsonRecord pong = scene.js.awaitKind(CLIENT, PONG);
      assertEquals(nonce, pong.text("nonce"));
      assertEquals(peer.id().hex(), pong.text("from"));

      Duration roundTrip = peer.peer().ping(CLIENT_ID, TIMEOUT).get();
      assertTrue(roundTrip.compareTo(TIMEOUT) < 0, roundTrip.toString());
    }
  }

  @ParameterizedTest(name = "own relay is nearer: {0}")
  @ValueSource(booleans = {true, false})
  void theClientAcknowledgesWhatAsksForIt(boolean ownRelayIsNearer) throws Exception {
    FarSide far = link(ownRelayIsNearer);

    far.peer.peer().sendAcknowledged(CLIENT_ID, Payload.json("1"), TIMEOUT).get();
    far.peer.peer().send(CLIENT_ID, Payload.json("2"));

    JsonRecord asked = scene.js.awaitUser(CLIENT);
    assertEquals(1, asked.number("json"));
    assertEquals(FLAG_WANTS_ANSWER, asked.number("flags") & FLAG_WANTS_ANSWER);
    JsonRecord plain = scene.js.awaitUser(CLIENT);
    assertEquals(2, plain.number("json"));
    assertEquals(0, plain.number("flags") & FLAG_WANTS_ANSWER);
  }

  @ParameterizedTest(name = "own relay is nearer: {0}")
  @ValueSource(booleans = {true, false})
  void aMessageOfTheClientIsAcknowledged(boolean ownRelayIsNearer) throws Exception {
    FarSide far = link(ownRelayIsNearer);

    scene.js.tell(
        JsCommand.of("send", CLIENT)
            .with("to", far.peer.id().hex())
            .withJson("payload", "{\"bytes\":\"c0ffee\"}")
            .withJson("changes", "{\"flags\":4,\"nonce\":7}"));

    JsonRecord pong = scene.js.awaitKind(CLIENT, PONG);
    assertEquals("7", pong.text("nonce"));
    assertEquals(far.peer.id().hex(), pong.text("from"));
  }

  @ParameterizedTest(name = "own relay is nearer: {0}")
  @ValueSource(booleans = {true, false})
  void aTraceOfTheClientListsBothRelaysAndThePeer(boolean ownRelayIsNearer) throws Exception {
    FarSide far = link(ownRelayIsNearer);

    String nonce = probe("trace", far.peer.id());
    List<JsonRecord> hops = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      hops.add(scene.js.awaitKind(CLIENT, TRACE_HOP));
    }
    hops.sort(Comparator.comparingInt((JsonRecord hop) -> hop.number("hops")).reversed());

    hops.forEach(hop -> assertEquals(nonce, hop.text("nonce")));
    assertEquals(
        List.of(scene.relay.id().hex(), far.relay.id().hex(), far.peer.id().hex()),
        hops.stream().map(hop -> hop.text("from")).toList());
    assertEquals(List.of(20, 19, 18), hops.stream().map(hop -> hop.number("hops")).toList());
    assertEquals(far.relay.id().hex(), hops.get(0).text("next"));
    assertEquals(far.peer.id().hex(), hops.get(1).text("next"));
    assertEquals(HopVerdict.ATTACHED.code(), hops.get(1).number("verdict"));
    assertTrue(hops.get(2).isNull("next"));
    assertEquals(HopVerdict.ARRIVED.code(), hops.get(2).number("verdict"));
  }

  @ParameterizedTest(name = "own relay is nearer: {0}")
  @ValueSource(booleans = {true, false})
  void aTraceToTheClientListsBothRelaysAndTheClient(boolean ownRelayIsNearer) throws Exception {
    FarSide far = link(ownRelayIsNearer);

    List<TraceHop> hops = far.peer.peer().trace(CLIENT_ID, TIMEOUT).get(20, SECONDS);
    TraceHop last = hops.get(hops.size() - 1);

    assertEquals(CLIENT_ID, last.node(), hops.toString());
    assertEquals(HopVerdict.ARRIVED, last.verdict(), hops.toString());
    assertEquals(3, last.hop(), hops.toString());
    assertEquals(
        List.of(far.relay.id(), scene.relay.id(), CLIENT_ID),
        hops.stream().map(TraceHop::node).toList());
  }

  /** Has the client ping or trace; returns the nonce. */
  private String probe(String command, PeerId to) throws Exception {
    scene.js.tell(JsCommand.of(command, CLIENT).with("to", to.hex()));
    return scene.js.await(CLIENT, "sent").text("nonce");
  }
}
