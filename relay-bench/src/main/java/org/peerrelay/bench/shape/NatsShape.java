package org.peerrelay.bench.shape;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import org.peerrelay.lab.load.ClientConnection;
import org.peerrelay.lab.load.FrameBuffer;
import org.peerrelay.lab.load.Session;
import org.peerrelay.lab.load.Shape;
import org.peerrelay.lab.load.Upgrade;

/**
 * nats-server's: each client subscribes to a subject of its own, and messages are published there.
 */
public final class NatsShape implements Shape {
  private static final String CONNECT =
      "CONNECT {\"verbose\":false,\"pedantic\":false,\"tls_required\":false,\"lang\":\"java\","
          + "\"version\":\"0\",\"protocol\":1,\"echo\":true,\"headers\":false}\r\n";
  private static final byte[] PUBLISH = ascii("PUB c");
  private static final byte[] LINE_END = ascii("\r\n");
  private static final int SUBJECT_DIGITS = 7;

  @Override
  public String name() {
    return "nats";
  }

  @Override
  public Upgrade upgrade(int client) {
    return new Upgrade("/", null, false, false);
  }

  @Override
  public Session session(int client) {
    return new NatsSession(client);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static final class NatsSession implements Session {
    private final int client;
    private final PacketSplitter packets = new PacketSplitter(NatsSession::packetLength);

    NatsSession(int client) {
      this.client = client;
    }

    @Override
    public void onOpen(ClientConnection connection) {
      connection
          .frame()
          .put(CONNECT)
          .put("SUB c")
          .putDecimal(client, SUBJECT_DIGITS)
          .put(" 1\r\nPING\r\n");
      connection.send();
    }

    @Override
    public void onMessage(ClientConnection connection, ByteBuf in, int index, int length) {
      packets.split(in, index, length, (all, at, size) -> onPacket(connection, all, at, size));
    }

    private static void onPacket(ClientConnection connection, ByteBuf in, int index, int length) {
      if (in.getByte(index) == 'M') {
        int size = payloadBytes(in, lineEnd(in, index, length));
        connection.delivered(in, index + length - LINE_END.length - size, size);
        return;
      }
      String line = in.toString(index, length, StandardCharsets.US_ASCII).strip();
      if (line.equals("PONG")) {
        connection.ready();
      } else if (line.equals("PING")) {
        connection.frame().put("PONG\r\n");
        connection.send();
      } else if (line.startsWith("-ERR")) {
        connection.fail("answer: " + line + " (expected: MSG)");
      }
    }

    @Override
    public void writeMessage(int target, byte[] payload, FrameBuffer frame) {
      frame
          .put(PUBLISH)
          .putDecimal(target, SUBJECT_DIGITS)
          .put(' ')
          .putDecimal(payload.length, decimalDigits(payload.length))
          .put(LINE_END)
          .put(payload)
          .put(LINE_END);
    }

    private static int decimalDigits(int value) {
      int digits = 1;
      for (int rest = value; rest >= 10; rest /= 10) {
        digits++;
      }
      return digits;
    }

    /** A line, and after a line that begins with M a payload and another line end. */
    private static int packetLength(ByteBuf in, int index, int available) {
      int lineEnd = lineEnd(in, index, available);
      if (lineEnd < 0) {
        return 0;
      }
      int line = lineEnd + 1 - index;
      return in.getByte(index) == 'M' ? line + payloadBytes(in, lineEnd) + LINE_END.length : line;
    }

    private static int lineEnd(ByteBuf in, int index, int available) {
      return in.indexOf(index, index + available, (byte) '\n');
    }

    /** The number before the end of a line. */
    private static int payloadBytes(ByteBuf in, int lineEnd) {
      int value = 0;
      int place = 1;
      for (int i = lineEnd - 2; in.getByte(i) != ' '; i--) {
        value += place * (in.getByte(i) - '0');
        place *= 10;
      }
      return value;
    }
  }
}
