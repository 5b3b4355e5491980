package org.peerrelay.bench.shape;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.peerrelay.lab.load.ClientConnection;
import org.peerrelay.lab.load.FrameBuffer;
import org.peerrelay.lab.load.Session;
import org.peerrelay.lab.load.Shape;
import org.peerrelay.lab.load.Upgrade;

/**
 * PeerJS server's: JSON messages of the type CANDIDATE, which it hands on with the sender's id put
 * in and the payload last. The payload is a JSON string.
 */
public final class PeerJsShape implements Shape {
  private static final byte[] START = ascii("{\"type\":\"CANDIDATE\",\"dst\":\"c");
  private static final byte[] PAYLOAD = ascii("\",\"payload\":\"");
  private static final byte[] END = ascii("\"}");
  private static final ByteBuf PAYLOAD_BUFFER =
      Unpooled.unreleasableBuffer(Unpooled.wrappedBuffer(PAYLOAD));
  private static final ByteBuf END_BUFFER =
      Unpooled.unreleasableBuffer(Unpooled.wrappedBuffer(END));
  private static final int ID_DIGITS = 7;

  @Override
  public String name() {
    return "peerjs";
  }

  @Override
  public Upgrade upgrade(int client) {
    String id = String.format("c%0" + ID_DIGITS + "d", client);
    return new Upgrade("/peerjs?key=peerjs&id=" + id + "&token=t", null, true, false);
  }

  @Override
  public Session session(int client) {
    return new PeerJsSession();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static final class PeerJsSession implements Session {
    private boolean served;

    @Override
    public void onOpen(ClientConnection connection) {
      // The server speaks first.
    }

    @Override
    public void onMessage(ClientConnection connection, ByteBuf in, int index, int length) {
      if (!served) {
        String answer = in.toString(index, length, StandardCharsets.UTF_8);
        if (answer.equals("{\"type\":\"OPEN\"}")) {
          served = true;
          connection.ready();
        } else {
          connection.fail("answer: " + answer + " (expected: OPEN)");
        }
        return;
      }
      int end = index + length - END.length;
      int payload = end - connection.payloadBytes();
      int before = payload - PAYLOAD.length;
      boolean whole =
          before > index
              && ByteBufUtil.equals(in, end, END_BUFFER, 0, END.length)
              && ByteBufUtil.equals(in, before, PAYLOAD_BUFFER, 0, PAYLOAD.length);
      connection.delivered(in, payload, whole ? end - payload : 0);
    }

    @Override
    public void writeMessage(int target, byte[] payload, FrameBuffer frame) {
      frame.put(START).putDecimal(target, ID_DIGITS).put(PAYLOAD).put(payload).put(END);
    }
  }
}
