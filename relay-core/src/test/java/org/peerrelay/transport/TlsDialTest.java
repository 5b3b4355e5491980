package org.peerrelay.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.peerrelay.message.CloseReason;
import org.peerrelay.message.Payload;
import org.peerrelay.testing.TestAuthority;

/** Whom a node believes when it dials by TLS, and what its operator is told. */
class TlsDialTest {
  private final Warnings warnings = new Warnings(WebSocketDialer.class);

  @AfterEach
  void leave() {
    warnings.close();
  }

  /** What is said of {@code url} by a leaf that believes the authorities of Java and of a test. */
  private String warning(String url, ClientTls trust) throws Exception {
    try (TestPeer leaf = TestPeer.of(builder -> builder.bootstrap(url).trust(trust))) {
      String warning = warnings.next();
      assertEquals(0, leaf.linksMade());
      return warning;
    }
  }

  private static TestPeer relay(ServerCertificate certificate) throws Exception {
    ServerTls tls = new ServerTls(certificate);
    return TestPeer.of(builder -> builder.listen(TestPeer.anyPort()).tls(tls));
  }

  @Test
  void anAuthorityThatNobodyKnowsIsNotBelieved() throws Exception {
    try (TlsScene scene = new TlsScene()) {
      String url = scene.relay.url();
      assertEquals(
          url
              + ": nobody who is trusted vouches for its certificate (expected: an authority that"
              + " Java knows, or one that this node was given)",
          warning(url, ClientTls.ofJava()));
      scene.awaitClosed(CloseReason.TLS_FAILED, 1); // it has told the relay
    }
  }

  @Test
  void aCertificateForAnotherNameIsNotBelieved() throws Exception {
    TestAuthority authority = new TestAuthority();
    try (TestPeer relay = relay(TlsScene.certificate(authority.issue("relay.example")))) {
      assertEquals(
          relay.url() + ": its certificate is for other names (expected: 127.0.0.1 among them)",
          warning(relay.url(), ClientTls.alsoOf(authority.pem())));
    }
  }

  @Test
  void aCertificateThatHasExpiredIsNotBelieved() throws Exception {
    TestAuthority authority = new TestAuthority();
    TestAuthority.Issued old = authority.issueExpired("127.0.0.1");
    ServerCertificate certificate =
        ServerCertificate.ofPem(old.chain(), old.key(), Instant.now().minus(Duration.ofHours(2)));
    try (TestPeer relay = relay(certificate)) {
      assertEquals(
          relay.url() + ": its certificate has expired (expected: one that holds now)",
          warning(relay.url(), ClientTls.alsoOf(authority.pem())));
    }
  }

  @Test
  void whereNoTlsIsSpokenThatIsSaid() throws Exception {
    try (HostileServer server =
        new HostileServer(
            socket -> {
              socket.getInputStream().read();
              socket.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(US_ASCII));
            })) {
      String url = server.url().replace("ws:", "wss:");
      assertEquals(
          url + ": no TLS is spoken there (expected: wss:// where it is, else ws://)",
          warning(url, ClientTls.ofJava()));
    }
  }

  @Test
  void aSelfSignedCertificateIsBelievedByWhoWasGivenIt() throws Exception {
    ServerCertificate certificate =
        ServerCertificate.selfSigned(List.of("127.0.0.1"), Instant.now(), new SecureRandom());
    try (TestPeer relay = relay(certificate);
        TestPeer alice = leaf(relay, ClientTls.alsoOf(certificate.toPem()));
        TestPeer bob = leaf(relay, ClientTls.alsoOf(certificate.toPem()))) {
      alice.peer().send(bob.id(), Payload.json("1"));
      assertEquals(alice.id(), bob.receive().from());
    }
    assertEquals(List.of(), warnings.rest());
  }

  @Test
  void theListenerOfThisProcessIsBelievedUnderAnyNameAndWithAnyCertificate() throws Exception {
    TestAuthority authority = new TestAuthority();
    ServerTls tls = new ServerTls(TlsScene.certificate(authority.issue("relay.example")));
    ClientTls only = ClientTls.only(tls);
    try (TestPeer relay =
            TestPeer.of(builder -> builder.listen(TestPeer.anyPort()).tls(tls).trust(only));
        TestPeer before = leaf(relay, only)) {
      tls.exchange(TlsScene.certificate(authority.issue("other.example")));
      try (TestPeer after = leaf(relay, only)) {
        before.assertReachesInTheEnd(after);
      }
    }
  }

  @Test
  void anotherListenerIsNoneOfThisProcess() throws Exception {
    ServerTls other = new ServerTls(TlsScene.certificate(new TestAuthority().issue("127.0.0.1")));
    try (TlsScene scene = new TlsScene()) {
      String warning = warning(scene.relay.url(), ClientTls.only(other));
      assertTrue(warning.endsWith("is not accepted by Java"), warning);
    }
  }

  private static TestPeer leaf(TestPeer relay, ClientTls trust) throws IOException {
    TestPeer leaf = TestPeer.of(builder -> builder.bootstrap(relay.url()).trust(trust));
    leaf.awaitLink(relay);
    return leaf;
  }

  @Test
  void relaysLinkAndDialEachOtherBack() throws Exception {
    try (TlsScene scene = new TlsScene();
        TestPeer other =
            scene.relay(
                new ServerTls(TlsScene.certificate(scene.authority.issue(TlsScene.HOST))),
                builder -> builder.bootstrap(scene.relay.url()));
        TestPeer here = scene.leaf();
        TestPeer there =
            TestPeer.of(builder -> builder.bootstrap(other.url()).trust(scene.trust))) {
      scene.relay.awaitLink(other);
      there.awaitLink(other);
      here.awaitReached(there);
      here.assertReaches(there);
      there.assertReaches(here);
      // Each has been met at the URL that it says, so it is one to be named to others.
      long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
      while (scene.relay.peer().status().links().stream().noneMatch(LinkStatus::inTable)) {
        assertTrue(System.nanoTime() - endNs < 0, "never met at its URL");
        Thread.onSpinWait();
      }
      assertFalse(other.url().startsWith("ws:"), other.url());
    }
    assertEquals(List.of(), warnings.rest());
  }
}
