package org.peerrelay.transport;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.peerrelay.id.Identity;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.Header;
import org.peerrelay.message.Message;
import org.peerrelay.message.Transit;
import org.peerrelay.wire.binary.BinaryContents;
import org.peerrelay.wire.binary.Bytes32;
import org.peerrelay.wire.binary.DatagramLayout;
import org.peerrelay.wire.binary.Hello;
import org.peerrelay.wire.binary.LinkHandshake;
import org.peerrelay.wire.binary.LinkProof.Side;

/** A peer of protocol 2 that says what a decent one would not. */
public final class BinaryClient implements AutoCloseable {
  /** A datagram that came. */
  public record Received(PeerId from, @Nullable Message message) {}

  public final Identity identity;
  private final RawClient socket;
  private final SecureRandom random = new SecureRandom();

  private BinaryClient(Identity identity, RawClient socket) {
    this.identity = identity;
    this.socket = socket;
  }

  /**
   * Links with the relay at {@code address}.
   *
   * @param relay whether it says that it is a relay, without a URL
   */
  public static BinaryClient link(InetSocketAddress address, Identity identity, boolean relay)
      throws Exception {
    return open(address, identity, hello(address, identity, relay, null, false));
  }

  /** Links with the relay at {@code address}, and says that it is one too and is at {@code url}. */
  static BinaryClient claiming(InetSocketAddress address, Identity identity, String url)
      throws Exception {
    return open(address, identity, hello(address, identity, true, url, false));
  }

  /** Looks who is at {@code address}; the code with which the connection ends. */
  static int check(InetSocketAddress address, Identity identity) throws Exception {
    Hello hello = hello(address, identity, true, "ws://127.0.0.1:1", true);
    try (BinaryClient client = open(address, identity, hello)) {
      return client.socket.readCloseCode();
    }
  }

  /** Proves its id to a relay that does not want it; the code with which the connection ends. */
  static int refused(InetSocketAddress address, Identity identity) throws Exception {
    Hello hello = hello(address, identity, false, null, false);
    RawClient socket = RawClient.connect(address);
    try (BinaryClient client = new BinaryClient(identity, socket)) {
      String response = socket.upgrade("Sec-WebSocket-Protocol: peer-relay.2\r\n");
      assertTrue(response.startsWith("HTTP/1.1 101 "), response);
      LinkHandshake handshake = new LinkHandshake(Side.DIALER, identity, hello, Set.of());
      for (byte[] answer : handshake.onFrame(client.readFrame())) {
        socket.frame(0x80 | RawClient.BINARY, answer);
      }
      return socket.readCloseCode();
    }
  }

  private static Hello hello(
      InetSocketAddress address,
      Identity identity,
      boolean relay,
      @Nullable String url,
      boolean check) {
    byte[] fresh = new byte[Bytes32.LENGTH];
    new SecureRandom().nextBytes(fresh);
    return new Hello(
        Hello.VERSION,
        Hello.VERSION,
        relay,
        Bytes32.of(identity.publicKey()),
        Bytes32.of(fresh),
        url,
        "127.0.0.1:" + address.getPort(),
        65_536,
        null,
        check);
  }

  private static BinaryClient open(InetSocketAddress address, Identity identity, Hello hello)
      throws Exception {
    RawClient socket = RawClient.connect(address);
    String response = socket.upgrade("Sec-WebSocket-Protocol: peer-relay.2\r\n");
    assertTrue(response.startsWith("HTTP/1.1 101 "), response);
    BinaryClient client = new BinaryClient(identity, socket);
    LinkHandshake handshake = new LinkHandshake(Side.DIALER, identity, hello, Set.of());
    while (!handshake.isDone()) {
      for (byte[] answer : handshake.onFrame(client.readFrame())) {
        socket.frame(0x80 | RawClient.BINARY, answer);
      }
    }
    return client;
  }

  /** The id that it has proven. */
  public PeerId id() {
    return identity.id();
  }

  /** Sends a datagram of its own. */
  public void send(PeerId to, Message message) throws IOException {
    send(id(), to, message);
  }

  /** Sends a datagram under any name. */
  public void send(PeerId from, PeerId to, Message message) throws IOException {
    Header header =
        new Header(to, from, random.nextLong(Header.MAX_NONCE), message.kind(), List.of());
    ByteBuf frame =
        DatagramLayout.frame(
            UnpooledByteBufAllocator.DEFAULT, header, 0, DatagramLayout.MAX_HOPS, null, message);
    socket.frame(0x80 | RawClient.BINARY, ByteBufUtil.getBytes(frame));
    frame.release();
  }

  /** The next datagram whose content is of {@code kind}, all else passed over. */
  public Received await(Class<? extends Message> kind) throws Exception {
    while (true) {
      ByteBuf frame = Unpooled.wrappedBuffer(readFrame());
      Transit header = new Transit();
      DatagramLayout.read(frame, header);
      Message message =
          BinaryContents.read(
              BinaryContents.kind(header.kind), header.flags, DatagramLayout.content(frame));
      if (kind.isInstance(message)) {
        return new Received(header.from.toPeerId(), message);
      }
    }
  }

  private byte[] readFrame() throws IOException {
    while (true) {
      RawClient.Frame frame = socket.read();
      assertNotNull(frame, "the connection has ended (expected: a frame)");
      if (frame.opcode() == RawClient.BINARY) {
        return frame.payload().array();
      }
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
