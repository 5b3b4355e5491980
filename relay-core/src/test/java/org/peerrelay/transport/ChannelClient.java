package org.peerrelay.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The far end of a connection of a relay, without a socket: bytes in, bytes out. */
final class ChannelClient {
  /** Puts the relay's handlers into a channel. */
  @FunctionalInterface
  interface RelayEnd {
    void fill(Channel channel) throws Exception;
  }

  private static final InetSocketAddress REMOTE =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 40_000);

  private static final String END_OF_HEAD = "\r\n\r\n";

  private final EmbeddedChannel channel;
  private final ByteArrayOutputStream heard = new ByteArrayOutputStream();

  /**
   * Connects.
   *
   * @param relayEnd makes the relay's end of the connection
   * @param allocator gives all buffers of the connection
   */
  ChannelClient(RelayEnd relayEnd, ByteBufAllocator allocator) {
    channel =
        new Connection(
            new ChannelInitializer<>() {
              @Override
              protected void initChannel(Channel made) throws Exception {
                made.config().setAllocator(allocator);
                relayEnd.fill(made);
              }
            });
  }

  /** As a socket has it: there is an address, and nothing goes out but bytes. */
  private static final class Connection extends EmbeddedChannel {
    Connection(ChannelInitializer<Channel> initializer) {
      super(initializer);
    }

    @Override
    protected SocketAddress remoteAddress0() {
      return REMOTE;
    }

    @Override
    protected Object filterOutboundMessage(Object message) {
      if (message instanceof ByteBuf) {
        return message;
      }
      throw new UnsupportedOperationException("message: " + message + " (expected: bytes)");
    }
  }

  /** Has the relay read some bytes, unless it has hung up. */
  void write(byte[] bytes) {
    if (channel.isOpen()) {
      channel.writeInbound(channel.alloc().buffer(Math.max(1, bytes.length)).writeBytes(bytes));
    }
  }

  /**
   * Lets the relay do what it has put off, and takes what it says.
   *
   * @throws Exception what nobody in the pipeline has handled
   */
  void hear() throws Exception {
    channel.runPendingTasks();
    for (ByteBuf out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
      out.readBytes(heard, out.readableBytes());
      out.release();
    }
    channel.checkException();
  }

  /** Hangs up. */
  void close() {
    channel.finishAndReleaseAll();
  }

  boolean isOpen() {
    return channel.isOpen();
  }

  /** The status of the final answer to the upgrade, 0 if there is none. */
  int status() {
    int start = finalHead();
    String head = text();
    return head.startsWith("HTTP/1.1 ", start)
        ? Integer.parseInt(head.substring(start + 9, start + 12))
        : 0;
  }

  /** Where the final answer begins, behind those that only say to go on. */
  private int finalHead() {
    int start = 0;
    while (text().startsWith("HTTP/1.1 100 ", start)) {
      start = text().indexOf(END_OF_HEAD, start) + END_OF_HEAD.length();
    }
    return start;
  }

  /** What the relay has said, a character a byte; a dialer begins with its request. */
  String text() {
    return heard.toString(StandardCharsets.ISO_8859_1);
  }

  /**
   * Takes the WebSocket frames that have come since the last call; none if the upgrade has not been
   * agreed to.
   */
  List<RawClient.Frame> takeFrames() {
    List<RawClient.Frame> frames = new ArrayList<>();
    if (status() != 101 && !text().startsWith("GET ")) {
      return frames;
    }
    int headLength = text().indexOf(END_OF_HEAD, finalHead()) + END_OF_HEAD.length();
    byte[] all = heard.toByteArray();
    ByteBuffer in = ByteBuffer.wrap(all).position(headLength);
    while (in.hasRemaining()) {
      frames.add(frame(in));
    }
    heard.reset();
    heard.write(all, 0, headLength);
    return frames;
  }

  private static RawClient.Frame frame(ByteBuffer in) {
    int firstByte = in.get() & 0xff;
    int secondByte = in.get() & 0xff;
    long length =
        switch (secondByte & 0x7f) {
          case 126 -> in.getShort() & 0xffff;
          case 127 -> in.getLong();
          default -> secondByte & 0x7f;
        };
    byte[] mask = new byte[4];
    if ((secondByte & 0x80) != 0) {
      in.get(mask);
    }
    byte[] payload = new byte[Math.toIntExact(length)];
    in.get(payload);
    for (int i = 0; i < payload.length; i++) {
      payload[i] ^= mask[i % mask.length];
    }
    return new RawClient.Frame(firstByte, ByteBuffer.wrap(payload));
  }
}
