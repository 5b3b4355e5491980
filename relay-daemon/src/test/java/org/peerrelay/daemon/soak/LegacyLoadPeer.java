package org.peerrelay.daemon.soak;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.Header;
import org.peerrelay.message.Message;
import org.peerrelay.message.MessageKind;
import org.peerrelay.message.Payload;
import org.peerrelay.wire.MalformedFrameException;
import org.peerrelay.wire.UnfitDatagramException;
import org.peerrelay.wire.legacy.LegacyDatagram;
import org.peerrelay.wire.legacy.LegacyReader;
import org.peerrelay.wire.legacy.LegacyWriter;

/** A peer that speaks the npm package's protocol. */
record LegacyLoadPeer(PeerId id, WireSocket socket) implements LoadPeer {
  private static final int TEXT = 1;

  /** Buffers on the heap are not tracked for leaks, which would take most of the time. */
  private static final ByteBufAllocator HEAP = new UnpooledByteBufAllocator(false);

  /** Connects, and waits until the relay has linked. */
  static LegacyLoadPeer connect(URI url, PeerId id) throws IOException {
    WireSocket socket = WireSocket.open(url, "");
    socket.write(TEXT, LegacyWriter.hello(id));
    socket.flush();
    socket.read(); // the relay says its id when it has accepted the link
    return new LegacyLoadPeer(id, socket);
  }

  @Override
  public void write(PeerId to, long nonce, Payload payload) {
    Header header = new Header(to, id, nonce, MessageKind.USER, List.of());
    ByteBuf frame = LegacyWriter.originate(HEAP, header, new Message.User(payload));
    socket.write(TEXT, ByteBufUtil.getBytes(frame));
    frame.release();
  }

  @Override
  public void flush() throws IOException {
    socket.flush();
  }

  @Override
  public Arrival read() throws IOException {
    while (true) {
      LegacyDatagram datagram = datagram(socket.read());
      if (datagram.message() instanceof Message.User user) {
        return new Arrival(datagram.header().from(), datagram.header().nonce(), user.payload());
      }
    }
  }

  private static LegacyDatagram datagram(byte[] frame) {
    try {
      return LegacyReader.read(frame);
    } catch (MalformedFrameException | UnfitDatagramException e) {
      throw new AssertionError("frame of the relay", e);
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
