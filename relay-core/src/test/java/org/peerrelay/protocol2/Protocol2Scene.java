package org.peerrelay.protocol2;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.HexFormat;
import java.util.function.Predicate;
import org.peerrelay.Peer;
import org.peerrelay.PeerBuilder;
import org.peerrelay.id.Identity;
import org.peerrelay.id.PeerId;
import org.peerrelay.wire.JsonRecord;

/** A relay or two on loopback ports, JavaScript clients, and Java peers to talk with. */
final class Protocol2Scene {
  private static final String PKCS8_START = "302e020100300506032b657004220420";

  private final Deque<AutoCloseable> closers = new ArrayDeque<>();
  final JsClients js;
  final JavaPeer relay;

  Protocol2Scene() throws IOException {
    js = new JsClients();
    relay = opened(JavaPeer.start(Peer.builder().listen(anyPort())));
  }

  private static InetSocketAddress anyPort() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  /** A second relay, linked with the first, under an id that {@code fits}. */
  JavaPeer secondRelay(Predicate<PeerId> fits) throws Exception {
    SecureRandom random = new SecureRandom();
    Identity identity = Identity.generate(random);
    while (!fits.test(identity.id())) {
      identity = Identity.generate(random);
    }
    PeerBuilder builder =
        Peer.builder().identity(identity).listen(anyPort()).bootstrap(relay.url());
    JavaPeer second = opened(JavaPeer.start(builder));
    second.awaitLink(relay.id());
    relay.awaitLink(second.id());
    return second;
  }

  /** The id that the client {@code peer} has, or will have. */
  static PeerId idOf(String peer) {
    byte[] der = HexFormat.of().parseHex(PKCS8_START + seed(peer));
    String body = Base64.getEncoder().encodeToString(der);
    return Identity.ofPem("-----BEGIN PRIVATE KEY-----\n" + body + "\n-----END PRIVATE KEY-----\n")
        .id();
  }

  private static String seed(String owner) {
    return HexFormat.of().toHexDigits(owner.hashCode()).repeat(8);
  }

  /** Dials the relay with a key of the client's own; returns the id when it is linked. */
  PeerId link(String peer) throws Exception {
    js.tell(dial(peer));
    return linked(peer);
  }

  /** A dial of the relay with the key that belongs to {@code peer}. */
  JsCommand dial(String peer) {
    return dialAs(peer, peer);
  }

  /** A dial of the relay by {@code peer} with the key that belongs to {@code owner}. */
  JsCommand dialAs(String peer, String owner) {
    return JsCommand.of("dial", peer).with("url", relay.url()).with("seed", seed(owner));
  }

  /** Waits until a dial has ended in a link; returns the id of the client. */
  PeerId linked(String peer) throws Exception {
    JsonRecord linked = js.await(peer, "linked");
    assertEquals(relay.id().hex(), linked.text("relay"));
    return PeerId.parse(linked.text("id")).orElseThrow();
  }

  /** Asserts that the link of {@code peer} is closed with {@code code}. */
  void assertClosed(int code, String peer) throws Exception {
    JsonRecord closed = js.await(peer, "closed");
    assertEquals(code, closed.number("code"), closed.toString());
  }

  /** Asserts that the relay has taken what {@code peer} has sent so far, and the link stands. */
  void assertAlive(String peer, PeerId id) throws Exception {
    send(peer, id, "{\"json\":\"alive\"}");
    JsonRecord back = js.awaitUser(peer);
    assertEquals("alive", back.value("json"), back.toString());
    assertEquals(id.hex(), back.text("from"));
  }

  /** Has a client send a user's message, the payload as the driver has it. */
  void send(String peer, PeerId to, String payload) throws IOException {
    js.tell(JsCommand.of("send", peer).with("to", to.hex()).withJson("payload", payload));
  }

  /** A Java peer that is linked with the relay. */
  JavaPeer javaPeer() throws Exception {
    return javaPeer(relay);
  }

  /** A Java peer that is linked with {@code relay}. */
  JavaPeer javaPeer(JavaPeer relay) throws Exception {
    JavaPeer peer = opened(JavaPeer.start(Peer.builder().bootstrap(relay.url())));
    peer.awaitLink(relay.id());
    return peer;
  }

  /** A legacy client that has said its id, which the relay may still refuse. */
  LegacyClient legacyClient(PeerId id) throws Exception {
    return opened(LegacyClient.link(relay.url(), id));
  }

  private <T extends AutoCloseable> T opened(T closeable) {
    closers.push(closeable);
    return closeable;
  }

  void stop() throws Exception {
    // The clients first: what is wrong with them shall not be hidden by the end of their links.
    try {
      js.stop();
    } finally {
      for (AutoCloseable closer : closers) {
        closer.close();
      }
    }
  }
}
