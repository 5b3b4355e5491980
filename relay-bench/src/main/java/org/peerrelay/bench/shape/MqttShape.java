package org.peerrelay.bench.shape;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import org.peerrelay.lab.load.ClientConnection;
import org.peerrelay.lab.load.FrameBuffer;
import org.peerrelay.lab.load.Session;
import org.peerrelay.lab.load.Shape;
import org.peerrelay.lab.load.Upgrade;

/**
 * A broker's that speaks MQTT 3.1.1: each client subscribes to a topic of its own, and messages are
 * published there with QoS 0. The few packets that this takes are put together here, since an
 * object for each would cost the generator more than all the rest.
 */
public final class MqttShape implements Shape {
  private static final int CONNECT = 0x10;
  private static final int CONNACK = 2;
  private static final int PUBLISH = 0x30;
  private static final int PUBLISH_TYPE = 3;
  private static final int SUBSCRIBE = 0x82;
  private static final int SUBACK = 9;
  private static final int CLEAN_SESSION = 2;
  private static final int PROTOCOL_LEVEL = 4;

  @Override
  public String name() {
    return "mqtt";
  }

  @Override
  public Upgrade upgrade(int client) {
    return new Upgrade("/mqtt", "mqtt", false, false);
  }

  @Override
  public Session session(int client) {
    return new MqttSession(client);
  }

  /** With zeros in front, so that every topic has the same length. */
  private static byte[] topic(int client) {
    return String.format("c%07d", client).getBytes(StandardCharsets.US_ASCII);
  }

  private static FrameBuffer putString(FrameBuffer frame, byte[] text) {
    return frame.put(text.length >>> 8).put(text.length).put(text);
  }

  private static void putLength(FrameBuffer frame, int length) {
    int rest = length;
    do {
      frame.put((rest & 0x7f) | (rest > 0x7f ? 0x80 : 0));
      rest >>>= 7;
    } while (rest > 0);
  }

  private static final class MqttSession implements Session {
    private final byte[] topic;
    private final PacketSplitter packets = new PacketSplitter(MqttSession::packetLength);

    MqttSession(int client) {
      this.topic = topic(client);
    }

    @Override
    public void onOpen(ClientConnection connection) {
      FrameBuffer frame = connection.frame().put(CONNECT);
      putLength(frame, 10 + 2 + topic.length);
      putString(frame, new byte[] {'M', 'Q', 'T', 'T'})
          .put(PROTOCOL_LEVEL)
          .put(CLEAN_SESSION)
          .put(0)
          .put(0);
      putString(frame, topic);
      connection.send();
    }

    @Override
    public void onMessage(ClientConnection connection, ByteBuf in, int index, int length) {
      packets.split(in, index, length, (all, at, size) -> onPacket(connection, all, at));
    }

    private void onPacket(ClientConnection connection, ByteBuf in, int index) {
      int type = (in.getByte(index) >>> 4) & 0x0f;
      int body = index + 1 + lengthDigits(in, index);
      switch (type) {
        case PUBLISH_TYPE -> {
          int end = index + packetLength(in, index, Integer.MAX_VALUE);
          int payload = body + 2 + in.getUnsignedShort(body);
          connection.delivered(in, payload, end - payload);
        }
        case CONNACK -> {
          int code = in.getByte(body + 1);
          if (code == 0) {
            subscribe(connection);
          } else {
            connection.fail("CONNACK: " + code + " (expected: 0)");
          }
        }
        case SUBACK -> connection.ready();
        default -> connection.fail("packet type: " + type + " (expected: 2, 3 or 9)");
      }
    }

    private void subscribe(ClientConnection connection) {
      FrameBuffer frame = connection.frame().put(SUBSCRIBE);
      putLength(frame, 2 + 2 + topic.length + 1);
      putString(frame.put(0).put(1), topic).put(0);
      connection.send();
    }

    @Override
    public void writeMessage(int target, byte[] payload, FrameBuffer frame) {
      frame.put(PUBLISH);
      putLength(frame, 2 + topic.length + payload.length);
      frame.put(0).put(topic.length).put('c').putDecimal(target, topic.length - 1).put(payload);
    }

    private static int lengthDigits(ByteBuf in, int index) {
      int digits = 1;
      while (in.getByte(index + digits) < 0) {
        digits++;
      }
      return digits;
    }

    /** Length of the packet at {@code index}, or 0 if too little of it is there to tell. */
    private static int packetLength(ByteBuf in, int index, int available) {
      int length = 0;
      for (int digit = 1; digit < available; digit++) {
        int value = in.getByte(index + digit);
        length |= (value & 0x7f) << (7 * (digit - 1));
        if (value >= 0) {
          return 1 + digit + length;
        }
      }
      return 0;
    }
  }
}
