package org.peerrelay.lab.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.DataFormatException;
import org.jspecify.annotations.Nullable;

/**
 * One client's WebSocket: the upgrade, frames in, frames out. Frames that are written are gathered
 * until the loop flushes. Belongs to its event loop.
 */
public final class ClientConnection extends ByteToMessageDecoder {
  private static final ByteBuf HEADERS_END =
      Unpooled.unreleasableBuffer(
          Unpooled.wrappedBuffer("\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));

  private final int number;
  private final LoadLoop loop;
  private final Upgrade upgrade;
  private final Session session;
  private final Handshake handshake;
  private final RelayUrl url;
  private final int mask;

  private @Nullable ChannelHandlerContext ctx;
  private @Nullable ByteBuf out;
  private @Nullable ByteBuf fragments;
  private @Nullable MessageDeflate deflate;
  private boolean fragmentsCompressed;
  private boolean open;
  private boolean failed;

  ClientConnection(
      int number, LoadLoop loop, Shape shape, Handshake handshake, RelayUrl url, int mask) {
    this.number = number;
    this.loop = loop;
    this.upgrade = shape.upgrade(number);
    this.session = shape.session(number);
    this.handshake = handshake;
    this.url = url;
    this.mask = mask;
  }

  /** This client's number, from 0. */
  public int number() {
    return number;
  }

  /** The relay's host and port, as the URL has them, in lower case; the port is always there. */
  public String authority() {
    return url.authority();
  }

  /** Length of the payloads of the present run. */
  public int payloadBytes() {
    return loop.payloadBytes();
  }

  /** An empty frame to fill and {@link #send}. */
  public FrameBuffer frame() {
    return loop.frame().clear();
  }

  /** Sends what has been put into {@link #frame()}. */
  public void send() {
    write(upgrade.text() ? Frames.TEXT : Frames.BINARY);
    flush();
  }

  /** The relay has said that it serves this client. */
  public void ready() {
    loop.onReady();
  }

  /** The relay handed over a payload: {@code length} bytes of {@code in} from {@code index} on. */
  public void delivered(ByteBuf in, int index, int length) {
    loop.onPayload(this, in, index, length);
  }

  /** The relay said something that ends the test; {@code problem} says what and why. */
  public void fail(String problem) {
    failed(new LoadFailedException(problem));
  }

  Session session() {
    return session;
  }

  /**
   * Writes a message of the load; it waits for {@link #flush}. Tells whether the socket has room.
   */
  boolean writeMessage(int target, byte[] payload) {
    if (ctx == null || !open || !ctx.channel().isWritable()) {
      return false;
    }
    session.writeMessage(target, payload, frame());
    write(upgrade.text() ? Frames.TEXT : Frames.BINARY);
    return true;
  }

  private void write(int opcode) {
    if (ctx == null) {
      return;
    }
    FrameBuffer frame = loop.frame();
    MessageDeflate compression = opcode <= Frames.BINARY ? deflate : null;
    if (compression != null) {
      compression.compress(frame);
    }
    int start = frame.seal(opcode, compression != null, mask);
    int length = frame.end() - start;
    if (out == null) {
      out = ctx.alloc().directBuffer(Math.max(length, 512));
      loop.flushLater(this);
    }
    out.writeBytes(frame.bytes(), start, length);
  }

  /** Hands to the socket what has been written. */
  void flush() {
    if (out != null && ctx != null) {
      ByteBuf gathered = out;
      out = null;
      ctx.writeAndFlush(gathered, ctx.voidPromise());
    }
  }

  void close() {
    if (ctx != null) {
      ctx.close();
    }
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    this.ctx = ctx;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    ctx.writeAndFlush(Unpooled.wrappedBuffer(handshake.request(url)), ctx.voidPromise());
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> unused)
      throws LoadFailedException, DataFormatException {
    if (!open && !readUpgrade(in)) {
      return;
    }
    while (Frames.isWhole(in)) {
      readFrame(in);
    }
  }

  private boolean readUpgrade(ByteBuf in) throws LoadFailedException {
    int length = ByteBufUtil.indexOf(HEADERS_END, in) - in.readerIndex();
    if (length < 0) {
      if (in.readableBytes() > Handshake.MAX_RESPONSE_BYTES) {
        throw new LoadFailedException(
            "upgrade: over "
                + Handshake.MAX_RESPONSE_BYTES
                + " bytes without an empty line (expected: HTTP/1.1 101)");
      }
      return false;
    }
    handshake.check(in.readCharSequence(length, StandardCharsets.ISO_8859_1).toString());
    in.skipBytes(HEADERS_END.readableBytes());
    if (handshake.deflates()) {
      deflate = new MessageDeflate(handshake.keepsContext());
    }
    open = true;
    session.onOpen(this);
    return true;
  }

  private void readFrame(ByteBuf in) throws LoadFailedException, DataFormatException {
    int first = in.getByte(in.readerIndex());
    int length = Frames.contentLength(in);
    int content = in.readerIndex() + Frames.headerLength(in);
    in.readerIndex(content + length);
    switch (first & Frames.OPCODES) {
      case Frames.TEXT, Frames.BINARY, Frames.CONTINUATION -> onData(first, in, content, length);
      case Frames.PING -> {
        byte[] data = new byte[length];
        in.getBytes(content, data);
        frame().put(data);
        write(Frames.PONG);
        flush();
      }
      case Frames.CLOSE -> throw closed(in, content, length);
      default -> {
        // A pong, which nobody asked for.
      }
    }
  }

  private static LoadFailedException closed(ByteBuf in, int content, int length) {
    String code = length < 2 ? "none" : Integer.toString(in.getUnsignedShort(content));
    return new LoadFailedException("close code: " + code + " (expected: an open connection)");
  }

  private void onData(int first, ByteBuf in, int content, int length) throws DataFormatException {
    boolean last = (first & Frames.FIN) != 0;
    if (last && (first & Frames.OPCODES) != Frames.CONTINUATION) {
      onMessage((first & Frames.RSV1) != 0, in, content, length);
      return;
    }
    if (fragments == null) {
      fragments = in.alloc().buffer(2 * length);
      fragmentsCompressed = (first & Frames.RSV1) != 0;
    }
    fragments.writeBytes(in, content, length);
    if (last) {
      ByteBuf whole = fragments;
      fragments = null;
      try {
        onMessage(fragmentsCompressed, whole, 0, whole.readableBytes());
      } finally {
        whole.release();
      }
    }
  }

  private void onMessage(boolean compressed, ByteBuf in, int index, int length)
      throws DataFormatException {
    if (!compressed || deflate == null) {
      session.onMessage(this, in, index, length);
      return;
    }
    ByteBuf original = in.alloc().buffer(4 * length);
    try {
      deflate.decompress(in, index, length, original);
      session.onMessage(this, original, 0, original.readableBytes());
    } finally {
      original.release();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) throws Exception {
    super.channelInactive(ctx);
    failed(new LoadFailedException("connection: closed (expected: open)"));
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    failed(LoadFailedException.of(cause));
    ctx.close();
  }

  /** Tells the loop, once. */
  private void failed(LoadFailedException problem) {
    if (!failed) {
      failed = true;
      loop.onFailed(problem);
    }
  }

  @Override
  protected void handlerRemoved0(ChannelHandlerContext ctx) {
    open = false;
    if (out != null) {
      out.release();
      out = null;
    }
    if (fragments != null) {
      fragments.release();
      fragments = null;
    }
    if (deflate != null) {
      deflate.close();
      deflate = null;
    }
  }
}
