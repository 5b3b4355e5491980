package org.peerrelay.bench.shape;

import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.peerrelay.id.PeerId;
import org.peerrelay.lab.load.ClientConnection;
import org.peerrelay.lab.load.FrameBuffer;
import org.peerrelay.lab.load.Session;
import org.peerrelay.lab.load.Shape;
import org.peerrelay.lab.load.Upgrade;

/**
 * The bare forwarder's: the first frame is the client's own id, the others are the target's id and
 * the payload. What comes in is the payload alone.
 */
public final class RawShape implements Shape {
  private final List<byte[]> ids;

  /** With these ids for the clients. */
  public RawShape(List<PeerId> ids) {
    this.ids = ids.stream().map(PeerId::toBytes).toList();
  }

  /** With random ids for up to {@code clients} clients. */
  public static RawShape random(int clients, RandomGenerator random) {
    return new RawShape(Stream.generate(() -> PeerId.random(random)).limit(clients).toList());
  }

  @Override
  public String name() {
    return "raw";
  }

  @Override
  public Upgrade upgrade(int client) {
    return new Upgrade("/", null, false, false);
  }

  @Override
  public Session session(int client) {
    return new RawSession(client);
  }

  private final class RawSession implements Session {
    private final int client;
    private boolean served;

    RawSession(int client) {
      this.client = client;
    }

    /** The forwarder answers nothing, so the client asks itself whether it can be reached. */
    @Override
    public void onOpen(ClientConnection connection) {
      connection.frame().put(ids.get(client));
      connection.send();
      connection.frame().put(ids.get(client));
      connection.send();
    }

    @Override
    public void onMessage(ClientConnection connection, ByteBuf in, int index, int length) {
      if (served) {
        connection.delivered(in, index, length);
      } else {
        served = true;
        connection.ready();
      }
    }

    @Override
    public void writeMessage(int target, byte[] payload, FrameBuffer frame) {
      frame.put(ids.get(target)).put(payload);
    }
  }
}
