package org.peerrelay.lab.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.Header;
import org.peerrelay.message.MessageKind;
import org.peerrelay.wire.MalformedFrameException;
import org.peerrelay.wire.UnfitDatagramException;
import org.peerrelay.wire.legacy.LegacyReader;

/**
 * One client of a legacy relay. Datagrams are put together from prepared parts; of those that come
 * in only the end is looked at, where every relay leaves the data as it was sent.
 */
final class LegacySession implements Session {
  private static final byte[] TO = ascii("{\"to\":\"");
  private static final byte[] DATA = ascii("\",\"data\":{\"type\":\"user\",\"data\":\"");
  private static final byte[] END = ascii("\"}}");

  /** In the place of a payload: that this client listens nowhere. */
  private static final byte[] ANSWER =
      ascii(
          "\",\"data\":{\"type\":\"handshake-answer\","
              + "\"data\":{\"ws\":null,\"wrtc\":false}}}");

  private static final ByteBuf DATA_BUFFER =
      Unpooled.unreleasableBuffer(Unpooled.wrappedBuffer(DATA));
  private static final ByteBuf END_BUFFER =
      Unpooled.unreleasableBuffer(Unpooled.wrappedBuffer(END));

  /** The digits of a nonce are the client's number, then a count. */
  private static final int FIRST_CLIENT = 100_000;

  private static final int COUNT_DIGITS = 9;
  private static final long COUNTS = 1_000_000_000;

  private final byte[][] hexIds;
  private final String self;
  private final byte[] fromAndPath;

  /** Begins where the clock stands: a relay remembers the nonces of a run with the same ids. */
  private long count = System.nanoTime() / 1_000;

  private boolean helloSeen;

  LegacySession(byte[][] hexIds, int client) {
    this.hexIds = hexIds;
    this.self = new String(hexIds[client], StandardCharsets.US_ASCII);
    this.fromAndPath =
        ascii(
            "\",\"from\":\""
                + self
                + "\",\"path\":[\""
                + self
                + "\"],\"nonce\":\""
                + (FIRST_CLIENT + client));
  }

  @Override
  public void onOpen(ClientConnection connection) {
    connection.frame().put("\"" + self + "\"");
    connection.send();
  }

  @Override
  public void writeMessage(int target, byte[] payload, FrameBuffer frame) {
    putHeader(hexIds[target], frame);
    frame.put(DATA).put(payload).put(END);
  }

  private void putHeader(byte[] to, FrameBuffer frame) {
    frame.put(TO).put(to).put(fromAndPath).putDecimal(Math.floorMod(count++, COUNTS), COUNT_DIGITS);
  }

  @Override
  public void onMessage(ClientConnection connection, ByteBuf in, int index, int length) {
    if (!helloSeen) {
      onHello(connection, in, index, length);
      return;
    }
    int payloadBytes = connection.payloadBytes();
    int end = index + length - END.length;
    int payload = end - payloadBytes;
    int data = payload - DATA.length;
    if (data > index
        && ByteBufUtil.equals(in, end, END_BUFFER, 0, END.length)
        && ByteBufUtil.equals(in, data, DATA_BUFFER, 0, DATA.length)) {
      connection.delivered(in, payload, payloadBytes);
    } else {
      onOther(connection, ByteBufUtil.getBytes(in, index, length));
    }
  }

  private void onHello(ClientConnection connection, ByteBuf in, int index, int length) {
    try {
      LegacyReader.readHello(ByteBufUtil.getBytes(in, index, length));
      helloSeen = true;
      connection.ready();
    } catch (MalformedFrameException e) {
      connection.fail("hello: " + e.getMessage());
    }
  }

  /**
   * An offer of a link is declined, since npm peers lose a place for ever to whoever does not
   * answer. Other control messages ask for nothing; a user's message here is a broken one.
   */
  private void onOther(ClientConnection connection, byte[] frame) {
    try {
      Header header = LegacyReader.read(frame).header();
      if (header.kind() == MessageKind.HANDSHAKE_OFFER) {
        decline(connection, header.from());
      } else if (header.kind() == MessageKind.USER) {
        onBroken(connection);
      }
    } catch (MalformedFrameException | UnfitDatagramException e) {
      onBroken(connection);
    }
  }

  private void decline(ClientConnection connection, PeerId peer) {
    FrameBuffer frame = connection.frame();
    putHeader(ascii(peer.hex()), frame);
    frame.put(ANSWER);
    connection.send();
  }

  private static void onBroken(ClientConnection connection) {
    connection.delivered(Unpooled.EMPTY_BUFFER, 0, 0);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
