package org.peerrelay.daemon.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.DropReason;
import org.peerrelay.message.Payload;
import org.peerrelay.message.Provenance;

/** How events look, byte for byte. */
class SessionEventTest {
  private static final String HEX = "0123456789".repeat(4);
  private static final PeerId PEER = PeerId.ofHex(HEX);

  private static String message(Payload payload) {
    return new String(SessionEvent.message(7, PEER, Provenance.CLAIMED, payload), UTF_8);
  }

  private static String expected(String content) {
    return "event: message\nid: 7\ndata: {\"from\":\"%s\",\"provenance\":\"claimed\"%s}\n\n"
        .formatted(HEX, content);
  }

  @Test
  void jsonStandsThereAsItWasSent() {
    assertEquals(
        expected(",\"data\":{\"\u00fc: \":1e400,\"\\n\":\"\u2028\"}"),
        message(Payload.json("{\"\u00fc: \":1e400,\"\\n\":\"\u2028\"}")));
  }

  @Test
  void lineEndsInJsonAreNoLineEndsOfTheEvent() {
    assertEquals(expected(",\"data\":[1,    2] "), message(Payload.json("[1,\r\n\n\r2]\n")));
  }

  @Test
  void bytesAreBase64AndUndefinedIsNothing() {
    assertEquals(
        expected(",\"base64\":\"AP8K\""), message(Payload.bytes(new byte[] {0, -1, '\n'})));
    assertEquals(expected(",\"base64\":\"\""), message(Payload.bytes(new byte[0])));
    assertEquals(expected(""), message(Payload.undefined()));
  }

  @Test
  void whatIsLostHasItsReason() {
    assertEquals(
        "event: undeliverable\nid: 8\ndata: {\"to\":\"%s\",\"reason\":\"no-peer\"}\n\n"
            .formatted(HEX),
        new String(SessionEvent.undeliverable(8, PEER, DropReason.NOT_HERE), UTF_8));
    assertEquals(
        "event: lost\nid: 9\ndata: {\"count\":3}\n\n", new String(SessionEvent.lost(9, 3), UTF_8));
  }
}
