package org.peerrelay.transport;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.cert.Certificate;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.CloseReason;
import org.peerrelay.relay.Refusal;
import org.peerrelay.routing.AddressBlock;
import org.peerrelay.testing.Changed;
import org.peerrelay.testing.TestAuthority.Issued;

/** Who comes to a listener that speaks TLS, and what it shows. */
class TlsListenerTest {
  private static final int TIMEOUT_MS = 20_000;

  private static Socket socket(TlsScene scene) throws IOException {
    Socket socket = new Socket(scene.relay.address().getAddress(), scene.relay.address().getPort());
    socket.setSoTimeout(TIMEOUT_MS);
    return socket;
  }

  /** All that the relay says to {@code bytes} until it closes the connection. */
  private static byte[] answer(TlsScene scene, byte[] bytes) throws IOException {
    try (Socket socket = socket(scene)) {
      socket.getOutputStream().write(bytes);
      return socket.getInputStream().readAllBytes();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"GET / HTTP/1.1\r\nHost: x\r\n\r\n", "\0\0\0\0\0\0\0\0\0\0\0", "\u0016nonsense"})
  void whoSpeaksNoTlsIsClosedAndCounted(String text) throws Exception {
    try (TlsScene scene = new TlsScene()) {
      String answer =
          new String(
              answer(scene, text.getBytes(StandardCharsets.US_ASCII)), StandardCharsets.ISO_8859_1);
      assertFalse(answer.contains("HTTP"), answer);
      scene.awaitClosed(CloseReason.TLS_FAILED, 1);
      assertEquals(1, scene.relay.peer().counters().unlinked().get(CloseReason.TLS_FAILED));
      assertEquals(0, scene.closed(CloseReason.BROKEN));
    }
  }

  /** SSL 3.0, whose client hello offers RC4 and 3DES, and TLS 1.0 and 1.1 with ciphers of today. */
  @ParameterizedTest
  @ValueSource(strings = {"0300", "0301", "0302"})
  void olderVersionsAreToldThatTheyAreTooOld(String version) throws Exception {
    String hello = version + "00".repeat(32) + "00" + "0006" + "0005000ac02f" + "0100";
    byte[] record =
        HexFormat.of()
            .parseHex(
                "16"
                    + version
                    + "%04x01%06x".formatted(hello.length() / 2 + 4, hello.length() / 2)
                    + hello);
    try (TlsScene scene = new TlsScene()) {
      byte[] answer = answer(scene, record);
      assertEquals(21, answer[0], "an alert");
      assertEquals(2, answer[5], "that is fatal");
      assertEquals(70, answer[6], "protocol version");
      scene.awaitClosed(CloseReason.TLS_FAILED, 1);
    }
  }

  @Test
  void whoDoesNotGoOnIsClosedAtTheDeadlineOfAllHandshakes() throws Exception {
    try (TlsScene scene = new TlsScene(builder -> builder.transport(RelayBench.quick(300)));
        Socket silent = socket(scene);
        Socket half = socket(scene)) {
      half.getOutputStream().write(new byte[] {22, 3, 1, 2, 0, 1});
      readToEnd(silent);
      readToEnd(half);
      scene.awaitClosed(CloseReason.HANDSHAKE_TIMEOUT, 2);
      assertEquals(0, scene.closed(CloseReason.TLS_FAILED));
    }
  }

  private static void readToEnd(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    while (in.read() >= 0) {
      // An alert, perhaps.
    }
  }

  @Test
  void whoHangsUpIsNoFailureOfTls() throws Exception {
    try (TlsScene scene = new TlsScene()) {
      socket(scene).close();
      assertThrows(
          SSLException.class,
          () ->
              RawClient.connectSecurely(
                  scene.relay.address(), new TlsScene().authority.sslContext()));
      scene.awaitClosed(CloseReason.TLS_FAILED, 1);
    }
  }

  /** Whatever it sends then cannot be decoded any more, and would be kept. */
  @Test
  void whoEndsTlsIsHungUpOn() throws Exception {
    PeerId id = PeerId.random(new Random(4));
    try (TlsScene scene = new TlsScene();
        RawClient client = scene.connect().becomeLink(id)) {
      scene.relay.awaitLinked(id);
      client.endOutput();
      client.readToEnd();
      scene.relay.awaitLost(id);
      assertEquals(0, scene.closed(CloseReason.SILENT));
    }
  }

  @Test
  void aNewCertificateIsForNewConnectionsOnly() throws Exception {
    PeerId id = PeerId.random(new Random(3));
    try (TlsScene scene = new TlsScene();
        RawClient before = scene.connect().becomeLink(id)) {
      scene.relay.awaitLinked(id);
      Instant expires = scene.relay.peer().status().certificateExpires();
      assertEquals(scene.tls.expires(), expires);
      Issued next = scene.authority.issueRsa(TlsScene.HOST);
      scene.tls.exchange(TlsScene.certificate(next));
      Certificate shown = scene.tls.certificate().own();
      try (RawClient after = scene.connect()) {
        assertEquals(shown, after.shown()[0]);
        assertFalse(shown.equals(before.shown()[0]));
        assertEquals(2, after.shown().length, "with who vouches for it");
      }
      before.frame(0x80 | RawClient.CLOSE, new byte[] {3, (byte) 0xe8});
      assertEquals(1000, before.readCloseCode());
    }
  }

  @Test
  void aTrustedProxyNamesTheClientBeforeTheHandshake() throws Exception {
    PeerId id = PeerId.random(new Random(5));
    TrustedProxies proxies = new TrustedProxies(List.of(AddressBlock.parse(TlsScene.HOST)));
    try (TlsScene scene = new TlsScene(builder -> builder.trustedProxies(proxies));
        RawClient proxy = RawClient.connect(scene.relay.address())) {
      proxy.write(ProxyHeaders.of("203.0.113.7", 4_711, 0));
      try (RawClient client = proxy.secure(scene.authority.sslContext()).becomeLink(id)) {
        scene.relay.awaitLinked(id);
        assertEquals("203.0.113.7:4711", scene.relay.peer().status().links().get(0).address());
        assertEquals(2, client.shown().length);
      }
    }
  }

  @Test
  void noClientHasAHandshakeDoneAgain() throws Exception {
    try (TlsScene scene = new TlsScene()) {
      assertTrue(scene.tls.expires().isAfter(Instant.EPOCH));
      assertEquals("true", System.getProperty("jdk.tls.rejectClientInitiatedRenegotiation"));
    }
  }

  @Test
  void noEventLoopComputesHandshakes() throws Exception {
    try (TlsScene scene = new TlsScene();
        RawClient client = scene.connect()) {
      assertEquals(2, client.shown().length);
      assertTrue(
          Thread.getAllStackTraces().keySet().stream()
              .anyMatch(thread -> thread.getName().startsWith("relay-tls")));
    }
  }

  /** Of a client that has asked for something, and then has its keys changed again and again. */
  @Test
  void recordsThatBringNoRequestAreReadAtAPace() throws Exception {
    ConnectionLimits limits = Changed.in(ConnectionLimits.DEFAULT, Map.of("framesPerS", 100));
    try (TlsScene scene =
            new TlsScene(
                builder -> builder.limits(() -> limits).http(ChannelInboundHandlerAdapter::new));
        RawClient client = scene.connect()) {
      client.write("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
      for (int i = 0; i < 100; i++) {
        client.changeKeys();
      }
      TestPeer.awaitUntil(
          () -> scene.relay.peer().counters().refused().getOrDefault(Refusal.LINK_RATE, 0L) > 0,
          "paused");
    }
  }

  @Test
  void versionsAndCiphersAreThoseOfToday() throws Exception {
    try (TlsScene scene = new TlsScene();
        SSLSocket socket = secure(scene)) {
      socket.startHandshake();
      assertEquals("TLSv1.3", socket.getSession().getProtocol());
    }
    try (TlsScene scene = new TlsScene();
        SSLSocket socket = secure(scene)) {
      socket.setEnabledProtocols(new String[] {"TLSv1.2"});
      socket.startHandshake();
      assertTrue(TlsSuite.CIPHERS.contains(socket.getSession().getCipherSuite()));
    }
    try (TlsScene scene = new TlsScene();
        SSLSocket socket = secure(scene)) {
      socket.setEnabledCipherSuites(
          new String[] {
            "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256", "TLS_RSA_WITH_AES_128_GCM_SHA256"
          });
      assertThrows(SSLException.class, socket::startHandshake);
      scene.awaitClosed(CloseReason.TLS_FAILED, 1);
    }
  }

  private static SSLSocket secure(TlsScene scene) throws IOException {
    return (SSLSocket)
        scene
            .authority
            .sslContext()
            .getSocketFactory()
            .createSocket(socket(scene), TlsScene.HOST, 1, true);
  }

  @Test
  void ofApplicationProtocolsOnlyHttp11IsSpoken() throws Exception {
    try (TlsScene scene = new TlsScene()) {
      assertArrayEquals(
          new String[] {"http/1.1"},
          List.of(negotiated(scene, "h2", "http/1.1")).toArray(new String[0]));
      assertThrows(SSLException.class, () -> negotiated(scene, "h2"));
    }
  }

  private static String negotiated(TlsScene scene, String... offered) throws IOException {
    try (SSLSocket socket = secure(scene)) {
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setApplicationProtocols(offered);
      socket.setSSLParameters(parameters);
      socket.startHandshake();
      return socket.getApplicationProtocol();
    }
  }
}
