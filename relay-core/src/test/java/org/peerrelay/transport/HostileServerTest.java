package org.peerrelay.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.peerrelay.transport.HostileServer.awaitEnd;
import static org.peerrelay.transport.HostileServer.upgrade;
import static org.peerrelay.transport.HostileServer.write;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.peerrelay.id.PeerId;

/** What a peer may find at a URL: it dials again, and its other link works on. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileServerTest {
  private static final String WRONG_KEY =
      """
      HTTP/1.1 101 Switching Protocols\r
      Upgrade: websocket\r
      Connection: Upgrade\r
      Sec-WebSocket-Accept: x\r
      \r
      """;
  private static final int FIN_TEXT = 0x80 | RawClient.TEXT;

  private final PeerId id = PeerId.random(new Random(1));
  private TestPeer relay;
  private TestPeer bob;

  @BeforeAll
  void start() throws IOException {
    relay = TestPeer.relay();
    bob = TestPeer.leaf(relay);
  }

  @AfterAll
  void stop() {
    bob.close();
    relay.close();
  }

  private void dialedAgainAndAgain(HostileServer.Script script) throws IOException {
    try (HostileServer server = new HostileServer(script);
        TestPeer alice =
            TestPeer.of(
                builder ->
                    builder
                        .bootstrap(server.url())
                        .bootstrap(relay.url())
                        .transport(RelayBench.quick(300)))) {
      alice.awaitLinked(relay.id());
      server.awaitServed(2);
      alice.assertReachesInTheEnd(bob);
      assertEquals(Set.of(relay.id()), alice.linked());
    }
  }

  @Test
  void aServerThatHangsUp() throws IOException {
    dialedAgainAndAgain(socket -> {});
  }

  @Test
  void aServerThatResets() throws IOException {
    dialedAgainAndAgain(socket -> socket.setSoLinger(true, 0));
  }

  @Test
  void aServerThatTalksGarbage() throws IOException {
    byte[] garbage = new byte[10_000];
    new Random(2).nextBytes(garbage);
    dialedAgainAndAgain(socket -> write(socket, garbage));
  }

  @Test
  void aServerThatHasNoSuchPage() throws IOException {
    dialedAgainAndAgain(
        socket -> {
          write(socket, "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
          awaitEnd(socket);
        });
  }

  @Test
  void aServerWhoseHeadersNeverEnd() throws IOException {
    dialedAgainAndAgain(
        socket -> {
          write(socket, "HTTP/1.1 101 Switching Protocols\r\n");
          while (true) {
            write(socket, "X: y\r\n".repeat(100));
          }
        });
  }

  @Test
  void aServerThatSaysNothing() throws IOException {
    dialedAgainAndAgain(HostileServer::awaitEnd);
  }

  /** When the connection ends, Netty looks at what it could read. */
  @Test
  void aServerThatHangsUpInTheMiddleOfAgreeing() throws IOException {
    try (FailureWatch failures = new FailureWatch()) {
      dialedAgainAndAgain(
          socket -> {
            String agreement = HostileServer.agreement(socket);
            write(socket, agreement.substring(0, agreement.length() - 2) + "X: y\r\n");
          });
      failures.check();
    }
  }

  @Test
  void aServerThatAgreesWithAWrongKey() throws IOException {
    dialedAgainAndAgain(
        socket -> {
          write(socket, WRONG_KEY);
          awaitEnd(socket);
        });
  }

  @Test
  void aServerThatNeverSaysWhoItIs() throws IOException {
    dialedAgainAndAgain(
        socket -> {
          upgrade(socket);
          awaitEnd(socket);
        });
  }

  @Test
  void aServerWhoseFirstFrameIsNoId() throws IOException {
    firstFrame(RawClient.encode(FIN_TEXT, "{}".getBytes(StandardCharsets.UTF_8), false));
  }

  @Test
  void aServerWhoseFirstFrameIsBinary() throws IOException {
    firstFrame(RawClient.encode(0x80 | RawClient.BINARY, new byte[20], false));
  }

  @Test
  void aServerThatMasksItsFrames() throws IOException {
    byte[] hello = ('"' + id.hex() + '"').getBytes(StandardCharsets.UTF_8);
    firstFrame(RawClient.encode(FIN_TEXT, hello, true));
  }

  @Test
  void aServerWithAFrameOverTheLimit() throws IOException {
    firstFrame(RawClient.encode(FIN_TEXT, new byte[300_000], false));
  }

  private void firstFrame(byte[] frame) throws IOException {
    dialedAgainAndAgain(
        socket -> {
          upgrade(socket);
          write(socket, frame);
          awaitEnd(socket);
        });
  }

  @Test
  void aServerThatPingsAndNeverReads() throws IOException {
    byte[] ping = RawClient.encode(0x80 | RawClient.PING, new byte[125], false);
    dialedAgainAndAgain(
        socket -> {
          upgrade(socket);
          while (true) {
            write(socket, ping);
          }
        });
  }

  @Test
  void aServerThatFloodsWithoutMeaning() throws IOException {
    byte[] hello =
        RawClient.encode(FIN_TEXT, ('"' + id.hex() + '"').getBytes(StandardCharsets.UTF_8), false);
    byte[] junk = RawClient.encode(FIN_TEXT, "junk".getBytes(StandardCharsets.UTF_8), false);
    try (HostileServer server =
            new HostileServer(
                socket -> {
                  upgrade(socket);
                  write(socket, hello);
                  while (true) {
                    write(socket, junk);
                  }
                });
        TestPeer alice =
            TestPeer.of(
                builder ->
                    builder
                        .bootstrap(server.url())
                        .bootstrap(relay.url())
                        .transport(RelayBench.quick(300)))) {
      alice.awaitLinked(relay.id());
      server.awaitServed(2);
      alice.assertReachesInTheEnd(bob);
    }
  }
}
