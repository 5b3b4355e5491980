package org.peerrelay.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerrelay.message.CloseReason;

/** A relay that takes no legacy peers. After each attempt it relays as before. */
class LegacyRefusalTest extends UnharmedRelay {
  private static final String HELLO = "\"00112233445566778899aabbccddeeff00112233\"";

  LegacyRefusalTest() {
    super(builder -> builder.legacy(false));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Sec-WebSocket-Protocol: chat\r\n",
        "Sec-WebSocket-Protocol: peer-relay.20\r\n",
        "Sec-WebSocket-Protocol: Peer-Relay.2\r\n"
      })
  void anUpgradeWithoutProtocol2IsToldWhatToDo(String header) throws IOException {
    long before = bench.closed(CloseReason.UNSUPPORTED);
    try (RawClient client = bench.connect()) {
      client.write(RawClient.UPGRADE + header + "\r\n");
      String answer = client.readToEnd();
      assertTrue(answer.startsWith("HTTP/1.1 426 "), answer);
      assertTrue(
          answer.endsWith(
              "\r\n\r\nThis Peer Relay node takes no peers of the npm package."
                  + " Connect with the WebSocket subprotocol peer-relay.2.\n"),
          answer);
    }
    assertEquals(before + 1, bench.closed(CloseReason.UNSUPPORTED));
  }

  @Test
  void aRequestThatIsNoUpgradeIsToldToUpgradeAndNotCounted() throws IOException {
    long before = bench.closed(CloseReason.UNSUPPORTED);
    try (RawClient client = bench.connect()) {
      client.write("GET / HTTP/1.1\r\nHost: relay.example\r\n\r\n");
      assertTrue(client.readToEnd().contains("Connect to this address by WebSocket"));
    }
    assertEquals(before, bench.closed(CloseReason.UNSUPPORTED));
  }

  @Test
  void protocol2AmongOthersIsTaken() throws IOException {
    try (RawClient client = bench.connect()) {
      String head = client.upgrade("Sec-WebSocket-Protocol: chat, peer-relay.2\r\n");
      assertTrue(head.startsWith("HTTP/1.1 101 "), head);
      assertTrue(
          head.toLowerCase(Locale.ROOT).contains("sec-websocket-protocol: peer-relay.2"), head);
    }
  }

  /** npm's servers agree to any subprotocol. */
  @Test
  void aLegacyAnswerIsClosedWith1003AndDialedAgain() throws Exception {
    LinkedBlockingQueue<Integer> codes = new LinkedBlockingQueue<>();
    try (HostileServer legacy =
            new HostileServer(
                socket -> {
                  HostileServer.upgrade(socket);
                  HostileServer.write(
                      socket,
                      RawClient.encode(0x81, HELLO.getBytes(StandardCharsets.US_ASCII), false));
                  codes.add(closeCode(socket));
                });
        TestPeer dialer = TestPeer.of(builder -> builder.legacy(false).bootstrap(legacy.url()))) {
      for (int i = 0; i < 2; i++) {
        assertEquals(1003, codes.poll(20, TimeUnit.SECONDS));
      }
      assertEquals(0, dialer.linksMade());
    }
  }

  /** That of the first frame; it is masked. */
  private static int closeCode(Socket socket) throws IOException {
    DataInputStream in = new DataInputStream(socket.getInputStream());
    int opcode = in.readUnsignedByte() & 15;
    in.readUnsignedByte();
    int mask = in.readInt() >>> 16;
    return opcode == RawClient.CLOSE ? in.readUnsignedShort() ^ mask : -opcode;
  }
}
