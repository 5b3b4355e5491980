package org.peerrelay.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.peerrelay.PeerBuilder;
import org.peerrelay.message.CloseReason;
import org.peerrelay.message.DropReason;
import org.peerrelay.testing.TestAuthority;

/** A relay that speaks TLS, a test's authority, and those who believe that. */
final class TlsScene implements AutoCloseable {
  /** For which the relay's certificate holds. */
  static final String HOST = "127.0.0.1";

  final TestAuthority authority = new TestAuthority();
  final ServerTls tls;
  final ClientTls trust;
  final TestPeer relay;

  TlsScene() throws Exception {
    this(builder -> builder);
  }

  TlsScene(UnaryOperator<PeerBuilder> settings) throws Exception {
    tls = new ServerTls(certificate(authority.issue(HOST)));
    trust = ClientTls.alsoOf(authority.pem());
    relay = relay(tls, settings);
  }

  static ServerCertificate certificate(TestAuthority.Issued issued) throws Exception {
    return ServerCertificate.ofPem(issued.chain(), issued.key(), Instant.now());
  }

  /** Another relay, of which the authority says that it is here. */
  TestPeer relay(ServerTls server, UnaryOperator<PeerBuilder> settings) throws IOException {
    return TestPeer.of(
        builder -> settings.apply(builder.listen(TestPeer.anyPort()).tls(server).trust(trust)));
  }

  /** A leaf that is linked with the relay. */
  TestPeer leaf() throws IOException {
    TestPeer leaf = TestPeer.of(builder -> builder.bootstrap(relay.url()).trust(trust));
    leaf.awaitLink(relay);
    return leaf;
  }

  RawClient connect() throws IOException {
    return RawClient.connectSecurely(relay.address(), authority.sslContext());
  }

  long closed(CloseReason reason) {
    return relay.peer().counters().closed().getOrDefault(reason, 0L);
  }

  /** Waits until the relay has closed so many, and no more, for that reason. */
  void awaitClosed(CloseReason reason, int times) {
    TestPeer.awaitUntil(() -> closed(reason) >= times, "closed: " + reason + " " + times);
    assertEquals(times, closed(reason));
  }

  long dropped(DropReason reason) {
    return relay.peer().counters().dropped().getOrDefault(reason, 0L);
  }

  @Override
  public void close() {
    relay.close();
  }
}
