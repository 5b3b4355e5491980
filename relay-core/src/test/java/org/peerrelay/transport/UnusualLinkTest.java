package org.peerrelay.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.peerrelay.transport.RawClient.CONTINUATION;
import static org.peerrelay.transport.RawClient.PING;
import static org.peerrelay.transport.RawClient.PONG;
import static org.peerrelay.transport.RawClient.TEXT;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.Payload;

/** What a WebSocket peer may do though few do it. After each the relay relays. */
class UnusualLinkTest extends UnharmedRelay {
  private static final int FIN = 0x80;
  private static final byte[] NOTHING = new byte[0];

  private final Random random = new Random(5);
  private PeerId id;
  private RawClient client;

  @BeforeEach
  void link() throws IOException {
    id = PeerId.random(random);
    client = bench.link(id);
  }

  @AfterEach
  void theLinkEnds() throws IOException {
    client.close();
    bench.relay.awaitLost(id);
  }

  private void assertAliceGets(String json) {
    assertEquals(new TestPeer.Received(id, Payload.json(json)), bench.alice.receive());
  }

  @Test
  void tenThousandPingsAreAnsweredInOrder() throws IOException {
    for (int i = 0; i < 10_000; i++) {
      client.frame(FIN | PING, ByteBuffer.allocate(4).putInt(i).array());
      if (i % 100 == 99) {
        for (int answer = i - 99; answer <= i; answer++) {
          RawClient.Frame frame = client.read();
          while (frame != null && frame.opcode() == TEXT) {
            frame = client.read();
          }
          assertTrue(frame != null && frame.opcode() == PONG, "an answer to " + answer);
          assertEquals(answer, frame.payload().getInt(0));
        }
      }
    }
  }

  @Test
  void pongsThatNobodyAskedForAreIgnored() throws IOException {
    for (int i = 0; i < 10_000; i++) {
      client.frame(FIN | PONG, NOTHING);
    }
    client.text(Datagrams.user(id, bench.alice.id(), "1"));
    assertAliceGets("1");
  }

  @Test
  void aMessageMayComeInPartsWithPingsBetween() throws IOException {
    byte[] text =
        Datagrams.user(id, bench.alice.id(), "\"h\u00e9llo\"").getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < text.length; i++) {
      int last = i == text.length - 1 ? FIN : 0;
      client.frame(last | (i == 0 ? TEXT : CONTINUATION), new byte[] {text[i]});
      client.frame(FIN | PING, NOTHING);
    }
    assertAliceGets("\"h\u00e9llo\"");
  }

  @Test
  void aHundredThousandEmptyPartsAreOneMessage() throws IOException {
    byte[] text = Datagrams.user(id, bench.alice.id(), "1").getBytes(StandardCharsets.UTF_8);
    client.frame(TEXT, text);
    byte[] empty = RawClient.encode(CONTINUATION, NOTHING, true);
    ByteBuffer flood = ByteBuffer.allocate(100_000 * empty.length);
    while (flood.hasRemaining()) {
      flood.put(empty);
    }
    client.write(flood.array());
    bench.assertRelays();
    client.frame(FIN | CONTINUATION, NOTHING);
    assertAliceGets("1");
  }

  @Test
  void aMessageThatNeverEndsHoldsUpNobodyElse() throws IOException {
    client.frame(TEXT, "{\"to\":".getBytes(StandardCharsets.UTF_8));
    bench.assertRelays();
  }

  @Test
  void aFrameMayComeByteByByte() throws IOException {
    byte[] text = Datagrams.user(id, bench.alice.id(), "1").getBytes(StandardCharsets.UTF_8);
    for (byte one : RawClient.encode(FIN | TEXT, text, true)) {
      client.write(new byte[] {one});
    }
    assertAliceGets("1");
  }

  @Test
  void manyFramesMayComeInOnePiece() throws IOException {
    ByteBuffer frames = ByteBuffer.allocate(1_000_000);
    for (int i = 0; i < 1_000; i++) {
      String text = Datagrams.user(id, bench.alice.id(), Integer.toString(i));
      frames.put(RawClient.encode(FIN | TEXT, text.getBytes(StandardCharsets.UTF_8), true));
    }
    client.write(Arrays.copyOf(frames.array(), frames.position()));
    for (int i = 0; i < 1_000; i++) {
      assertAliceGets(Integer.toString(i));
    }
  }

  @Test
  void datagramsRightBehindTheIdAreNotLost() throws IOException {
    PeerId other = PeerId.random(random);
    try (RawClient hasty = bench.webSocket()) {
      ByteBuffer all = ByteBuffer.allocate(100_000);
      String hello = '"' + other.hex() + '"';
      all.put(RawClient.encode(FIN | TEXT, hello.getBytes(StandardCharsets.UTF_8), true));
      for (int i = 0; i < 100; i++) {
        String text = Datagrams.user(other, bench.alice.id(), Integer.toString(i));
        all.put(RawClient.encode(FIN | TEXT, text.getBytes(StandardCharsets.UTF_8), true));
      }
      hasty.write(Arrays.copyOf(all.array(), all.position()));
      for (int i = 0; i < 100; i++) {
        assertEquals(
            new TestPeer.Received(other, Payload.json(Integer.toString(i))), bench.alice.receive());
      }
    }
  }

  @Test
  void whatAPeerSaidBeforeItLeftIsNotLost() throws IOException {
    for (int i = 0; i < 100; i++) {
      PeerId other = PeerId.random(random);
      try (RawClient hasty = bench.webSocket()) {
        hasty.hello(other);
        hasty.text(Datagrams.user(other, bench.alice.id(), Integer.toString(i)));
        hasty.frame(FIN | RawClient.CLOSE, new byte[] {3, (byte) 0xe8});
        hasty.readToEnd();
      }
      assertEquals(
          new TestPeer.Received(other, Payload.json(Integer.toString(i))), bench.alice.receive());
    }
  }

  @Test
  void compressionIsDeclinedAndTheLinkWorksWithoutIt() throws IOException {
    PeerId other = PeerId.random(random);
    try (RawClient compressing = bench.connect()) {
      String response =
          compressing.upgrade(
              "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n");
      assertTrue(response.startsWith("HTTP/1.1 101 "), response);
      assertFalse(response.toLowerCase(Locale.ROOT).contains("extensions"), response);
      compressing.hello(other);
      compressing.text(Datagrams.user(other, bench.alice.id(), "1"));
      assertEquals(other, bench.alice.receive().from());
    }
  }

  @Test
  void subprotocolsThatItDoesNotSpeakAreNotAgreedOn() throws IOException {
    try (RawClient other = bench.connect()) {
      String response = other.upgrade("Sec-WebSocket-Protocol: chat, superchat\r\n");
      assertTrue(response.startsWith("HTTP/1.1 101 "), response);
      assertFalse(response.toLowerCase(Locale.ROOT).contains("protocol:"), response);
    }
  }
}
