package org.peerrelay.daemon.soak;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.IOException;
import java.net.URI;
import java.security.SecureRandom;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.peerrelay.id.Identity;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.Header;
import org.peerrelay.message.Message;
import org.peerrelay.message.MessageKind;
import org.peerrelay.message.Payload;
import org.peerrelay.message.Transit;
import org.peerrelay.wire.MalformedFrameException;
import org.peerrelay.wire.UnfitDatagramException;
import org.peerrelay.wire.binary.BinaryContents;
import org.peerrelay.wire.binary.Bytes32;
import org.peerrelay.wire.binary.DatagramLayout;
import org.peerrelay.wire.binary.Hello;
import org.peerrelay.wire.binary.LinkHandshake;
import org.peerrelay.wire.binary.LinkProof.Side;
import org.peerrelay.wire.binary.RefusedHandshakeException;

/** A peer that speaks protocol 2. */
record BinaryLoadPeer(PeerId id, WireSocket socket) implements LoadPeer {
  private static final int BINARY = 2;
  private static final String SUBPROTOCOL = "Sec-WebSocket-Protocol: peer-relay.2\r\n";
  private static final int MAX_PAYLOAD_BYTES = 65_536;

  /** Buffers on the heap are not tracked for leaks, which would take most of the time. */
  private static final ByteBufAllocator HEAP = new UnpooledByteBufAllocator(false);

  /** Connects with a fresh identity, and waits until the relay has linked. */
  static BinaryLoadPeer connect(URI url) throws IOException {
    Identity identity = Identity.generate(new SecureRandom());
    WireSocket socket = WireSocket.open(url, SUBPROTOCOL);
    LinkHandshake handshake =
        new LinkHandshake(Side.DIALER, identity, hello(identity, url.getAuthority()), Set.of());
    while (!handshake.isDone()) {
      for (byte[] answer : onFrame(handshake, socket.read())) {
        socket.write(BINARY, answer);
      }
      socket.flush();
    }
    return new BinaryLoadPeer(identity.id(), socket);
  }

  private static List<byte[]> onFrame(LinkHandshake handshake, byte[] frame) {
    try {
      return handshake.onFrame(frame);
    } catch (MalformedFrameException | RefusedHandshakeException e) {
      throw new AssertionError("handshake of the relay", e);
    }
  }

  private static Hello hello(Identity identity, String authority) {
    byte[] random = new byte[Bytes32.LENGTH];
    new SecureRandom().nextBytes(random);
    return new Hello(
        Hello.VERSION,
        Hello.VERSION,
        false,
        Bytes32.of(identity.publicKey()),
        Bytes32.of(random),
        null,
        authority,
        MAX_PAYLOAD_BYTES,
        null,
        false);
  }

  @Override
  public void write(PeerId to, long nonce, Payload payload) {
    Header header = new Header(to, id, nonce, MessageKind.USER, List.of());
    ByteBuf frame =
        DatagramLayout.frame(
            HEAP, header, 0, DatagramLayout.MAX_HOPS, null, new Message.User(payload));
    socket.write(BINARY, ByteBufUtil.getBytes(frame));
    frame.release();
  }

  @Override
  public void flush() throws IOException {
    socket.flush();
  }

  @Override
  public Arrival read() throws IOException {
    while (true) {
      ByteBuf frame = Unpooled.wrappedBuffer(socket.read());
      Transit header = new Transit();
      if (!DatagramLayout.isLinkFrame(frame)
          && message(frame, header) instanceof Message.User user) {
        return new Arrival(header.from.toPeerId(), header.nonce, user.payload());
      }
    }
  }

  private static @Nullable Message message(ByteBuf frame, Transit header) {
    try {
      DatagramLayout.read(frame, header);
      MessageKind kind = BinaryContents.kind(header.kind);
      return BinaryContents.read(kind, header.flags, DatagramLayout.content(frame));
    } catch (MalformedFrameException | UnfitDatagramException e) {
      throw new AssertionError("frame of the relay", e);
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
