package org.peerrelay.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.CloseReason;

/** First frames that are no id, and ids that are not to be had. After each the relay relays. */
class HelloViolationsTest extends UnharmedRelay {
  private final Random random = new Random(3);

  HelloViolationsTest() {
    super(builder -> builder.transport(RelayBench.quick(400)));
  }

  private void firstFrame(int firstByte, byte[] payload, int code, CloseReason reason)
      throws IOException {
    long before = bench.closed(reason);
    try (RawClient client = bench.webSocket()) {
      client.frame(firstByte, payload);
      assertEquals(code, client.readCloseCode());
    }
    assertEquals(before + 1, bench.closed(reason));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "0",
        "\"\"",
        "\"abc\"",
        "[]",
        "{}",
        "\"0123456789012345678901234567890123456789",
        "0123456789012345678901234567890123456789",
        "\"012345678901234567890123456789012345678\"",
        "\"01234567890123456789012345678901234567890\"",
        "\"012345678901234567890123456789012345678g\"",
        "\"0123456789012345678901234567890123456789\" x",
        "{\"type\":\"Buffer\",\"data\":[]}",
        "{\"type\":\"Buffer\",\"data\":[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19]}",
        "{\"type\":\"Buffer\",\"data\":[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21]}",
        "{\"type\":\"Buffer\",\"data\":[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,256]}",
        "{\"type\":\"Buffer\",\"data\":[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,-1]}",
        "{\"type\":\"Buffer\",\"data\":[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,2.5]}"
      })
  void aFirstFrameThatIsNoId(String text) throws IOException {
    firstFrame(
        0x80 | RawClient.TEXT, text.getBytes(StandardCharsets.UTF_8), 1007, CloseReason.MALFORMED);
  }

  @Test
  void aFirstFrameThatIsBinary() throws IOException {
    firstFrame(0x80 | RawClient.BINARY, new byte[20], 1003, CloseReason.UNSUPPORTED);
  }

  @Test
  void aFirstFrameOverTheLimit() throws IOException {
    byte[] large = new byte[TransportConfig.DEFAULT.wire().maxFrameBytes() + 1];
    firstFrame(0x80 | RawClient.TEXT, large, 1009, CloseReason.TOO_LARGE);
  }

  @Test
  void aFirstFrameThatIsNoUtf8() throws IOException {
    firstFrame(0x80 | RawClient.TEXT, new byte[] {(byte) 0xff}, 1007, CloseReason.MALFORMED);
  }

  @Test
  void aFirstFrameNestedTwoHundredThousandDeep() throws IOException {
    byte[] deep = "[".repeat(200_000).getBytes(StandardCharsets.UTF_8);
    firstFrame(0x80 | RawClient.TEXT, deep, 1007, CloseReason.MALFORMED);
  }

  @Test
  void aPeerThatSaysNothingAfterTheUpgrade() throws IOException {
    long before = bench.closed(CloseReason.HANDSHAKE_TIMEOUT);
    try (RawClient client = bench.webSocket()) {
      assertEquals(4004, client.readCloseCode());
    }
    assertEquals(before + 1, bench.closed(CloseReason.HANDSHAKE_TIMEOUT));
  }

  @Test
  void aPeerWhoseIdDripsInTooSlowly() throws IOException {
    long before = bench.closed(CloseReason.HANDSHAKE_TIMEOUT);
    try (RawClient client = bench.webSocket()) {
      client.write(new byte[] {(byte) (0x80 | RawClient.TEXT), (byte) (0x80 | 42), 0, 0, 0, 0});
      client.dripUntilClosed((byte) ' ');
    }
    assertEquals(before + 1, bench.closed(CloseReason.HANDSHAKE_TIMEOUT));
  }

  @Test
  void aPeerThatOnlyPingsAndReadsNothing() throws IOException {
    long before = bench.closed(CloseReason.HANDSHAKE_TIMEOUT);
    try (RawClient client = bench.webSocket()) {
      client.pingWithoutReadingUntilClosed();
    }
    assertEquals(before + 1, bench.closed(CloseReason.HANDSHAKE_TIMEOUT));
  }

  @Test
  void theRelaysOwnId() throws IOException {
    long before = bench.closed(CloseReason.SELF);
    try (RawClient client = bench.webSocket()) {
      client.hello(bench.relay.id());
      assertEquals(4002, client.readCloseCode());
    }
    assertEquals(before + 1, bench.closed(CloseReason.SELF));
    assertFalse(bench.relay.linked().contains(bench.relay.id()));
  }

  @Test
  void theIdSaidTwiceIsADatagramOfTheWrongShape() throws IOException {
    PeerId id = PeerId.random(random);
    try (RawClient client = bench.link(id)) {
      client.text("{\"type\":\"Buffer\",\"data\":[1,2,3]}");
      client.text(Datagrams.user(id, bench.alice.id(), "1"));
      assertEquals(id, bench.alice.receive().from());
    }
  }

  @Test
  void aThousandConnectionsThatComeAndGo() throws IOException {
    for (int i = 0; i < 1_000; i++) {
      RawClient client = bench.connect();
      if (i % 2 == 0) {
        client.reset();
      } else {
        client.close();
      }
    }
  }

  @Test
  void twoHundredPeersThatLeaveInTheMomentTheyAreAccepted() throws IOException {
    int before = bench.relay.linksMade();
    for (int i = 0; i < 200; i++) {
      try (RawClient client = bench.webSocket()) {
        client.hello(PeerId.random(random));
      }
    }
    bench.relay.awaitLinksMade(before + 200);
    bench.relay.awaitLinks(2);
  }
}
