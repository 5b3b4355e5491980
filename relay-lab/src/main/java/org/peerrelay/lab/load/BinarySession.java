package org.peerrelay.lab.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.security.SecureRandom;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.peerrelay.id.Identity;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.Header;
import org.peerrelay.message.MessageKind;
import org.peerrelay.wire.MalformedFrameException;
import org.peerrelay.wire.binary.BinaryContents;
import org.peerrelay.wire.binary.Bytes32;
import org.peerrelay.wire.binary.DatagramLayout;
import org.peerrelay.wire.binary.Hello;
import org.peerrelay.wire.binary.LinkHandshake;
import org.peerrelay.wire.binary.LinkProof.Side;
import org.peerrelay.wire.binary.RefusedHandshakeException;

/**
 * One client of a relay that speaks protocol 2. Headers are put together from prepared parts; of
 * datagrams that come in only the kind is looked at, since payloads say the rest.
 */
final class BinarySession implements Session {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int USER = BinaryContents.code(MessageKind.USER);
  private static final int OFFER = BinaryContents.code(MessageKind.HANDSHAKE_OFFER);
  private static final int ANSWER = BinaryContents.code(MessageKind.HANDSHAKE_ANSWER);
  private static final int MAX_PAYLOAD_BYTES = 65_536;
  private static final int FROM = DatagramLayout.HEADER_BYTES - PeerId.BYTES;

  private final Identity identity;
  private final byte[][] ids;

  /** The end of every header: no relay located yet, and the author. */
  private final byte[] viaAndFrom = new byte[2 * PeerId.BYTES];

  /** Counts from a random start, so that no two of this client's datagrams have the same one. */
  private long nonce = ThreadLocalRandom.current().nextLong(Header.MAX_NONCE);

  /** Null before and after. */
  private @Nullable LinkHandshake handshake;

  private boolean linked;

  BinarySession(Identity identity, byte[][] ids) {
    this.identity = identity;
    this.ids = ids;
    System.arraycopy(identity.id().toBytes(), 0, viaAndFrom, PeerId.BYTES, PeerId.BYTES);
  }

  /** The relay speaks first. */
  @Override
  public void onOpen(ClientConnection connection) {
    byte[] random = new byte[Bytes32.LENGTH];
    RANDOM.nextBytes(random);
    Hello hello =
        new Hello(
            Hello.VERSION,
            Hello.VERSION,
            false,
            Bytes32.of(identity.publicKey()),
            Bytes32.of(random),
            null,
            connection.authority(),
            MAX_PAYLOAD_BYTES,
            null,
            false);
    handshake = new LinkHandshake(Side.DIALER, identity, hello, Set.of());
  }

  @Override
  public void writeMessage(int target, byte[] payload, FrameBuffer frame) {
    putHeader(USER, ids[target], frame);
    frame.put(payload);
  }

  private void putHeader(int kind, byte[] to, FrameBuffer frame) {
    nonce = nonce == Header.MAX_NONCE ? 0 : nonce + 1;
    frame
        .put(kind)
        .put(0)
        .put(DatagramLayout.MAX_HOPS)
        .put(0)
        .putLong(nonce)
        .put(to)
        .put(viaAndFrom);
  }

  @Override
  public void onMessage(ClientConnection connection, ByteBuf in, int index, int length) {
    if (!linked) {
      shakeHands(connection, ByteBufUtil.getBytes(in, index, length));
      return;
    }
    if (length < DatagramLayout.HEADER_BYTES) {
      return; // Of a kind that only later versions know.
    }
    int kind = in.getUnsignedByte(index);
    if (kind == USER) {
      int header = DatagramLayout.HEADER_BYTES;
      connection.delivered(in, index + header, length - header);
    } else if (kind == OFFER) {
      decline(connection, ByteBufUtil.getBytes(in, index + FROM, PeerId.BYTES));
    }
  }

  private void shakeHands(ClientConnection connection, byte[] frame) {
    LinkHandshake current = handshake;
    if (current == null) {
      return; // It has failed, and what still comes counts for nothing.
    }
    if (frame.length > 0 && (frame[0] == '{' || frame[0] == '"')) {
      handshake = null;
      connection.fail("protocol of the relay: legacy (expected: protocol 2)");
      return;
    }
    try {
      for (byte[] answer : current.onFrame(frame)) {
        connection.frame().put(answer);
        connection.send();
      }
      if (current.isDone()) {
        handshake = null;
        linked = true;
        connection.ready();
      }
    } catch (MalformedFrameException | RefusedHandshakeException e) {
      handshake = null;
      connection.fail("handshake of protocol 2: " + e.getMessage());
    }
  }

  /** Offers must be answered: this client listens nowhere. */
  private void decline(ClientConnection connection, byte[] peer) {
    FrameBuffer frame = connection.frame();
    putHeader(ANSWER, peer, frame);
    frame.put(0);
    connection.send();
  }
}
