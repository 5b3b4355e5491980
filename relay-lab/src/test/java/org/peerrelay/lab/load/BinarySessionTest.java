package org.peerrelay.lab.load;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.peerrelay.id.Identity;
import org.peerrelay.message.Transit;
import org.peerrelay.wire.binary.DatagramLayout;

class BinarySessionTest {
  private final SecureRandom random = new SecureRandom();
  private final List<Identity> identities =
      List.of(Identity.generate(random), Identity.generate(random));
  private final Session session = new BinaryShape(identities).session(0);
  private final FrameBuffer frame = new FrameBuffer();

  private ByteBuf written(byte[] payload) {
    session.writeMessage(1, payload, frame.clear());
    return Unpooled.copiedBuffer(frame.bytes(), frame.contentOffset(), frame.contentLength());
  }

  @Test
  void writesTheDatagramThatRelaysRead() throws Exception {
    byte[] payload = "hello".getBytes(StandardCharsets.US_ASCII);
    Transit header = new Transit();
    ByteBuf datagram = written(payload);
    DatagramLayout.read(datagram, header);

    assertEquals(1, header.kind);
    assertEquals(0, header.flags);
    assertEquals(DatagramLayout.MAX_HOPS, header.hopsLeft);
    assertEquals(identities.get(1).id(), header.to.toPeerId());
    assertTrue(header.via.isNone());
    assertEquals(identities.get(0).id(), header.from.toPeerId());
    assertArrayEquals(payload, DatagramLayout.content(datagram));

    long nonce = header.nonce;
    DatagramLayout.read(written(payload), header);
    assertEquals(nonce + 1, header.nonce);
  }

  @Test
  void aRelayThatSpeaksSomethingElseIsTold() {
    try (ReflectingRelay relay = new ReflectingRelay()) {
      LoadFailedException failure =
          assertThrows(
              LoadFailedException.class,
              () -> LoadGenerator.connect(relay.url(), new BinaryShape(identities), 2, 1, 1));
      assertEquals("subprotocol: null (expected: peer-relay.2)", failure.getMessage());
    }
  }
}
