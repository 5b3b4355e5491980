package org.peerrelay.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.peerrelay.wire.FrameBuffers;

/**
 * All that stands between a socket and what its messages mean: reads WebSocket frames in the
 * buffers in which they were received, answers pings and close frames, and hands on each message.
 * Only what is not whole yet is kept. One connection; event loop only.
 *
 * <p>It may be replaced by another one while it handles a message: that one goes on with the next.
 */
abstract class FrameHandler extends ChannelInboundHandlerAdapter {
  /** A message that is handed on may hold a buffer so many times its size; else it is copied. */
  private static final int MAX_HELD_TIMES = 16;

  private final FrameReader frames;
  final FrameWriter writer;

  /** The beginning of a frame that is not all there. */
  private @Nullable ByteBuf partialFrame;

  /** The frames so far of a message in parts. */
  private @Nullable ByteBuf partialMessage;

  private boolean partialIsText;

  /** Whether the message in hand has its buffer for itself, and whether that has been taken. */
  private boolean alone;

  private boolean taken;

  /** Whether what comes is to be thrown away: it is no WebSocket, or comes after its end. */
  private boolean deaf;

  private boolean ponged;

  /** How many frames there were in what was read last. */
  private int framesRead;

  private int theirCloseCode;
  private long readNs;

  /**
   * For one connection.
   *
   * @param fromClient whether the other end is the one that dialed
   */
  FrameHandler(FrameWriter writer, boolean fromClient, int maxMessageBytes) {
    this.writer = writer;
    this.frames = new FrameReader(fromClient, maxMessageBytes);
  }

  /**
   * A whole message has come: text that is UTF-8, or bytes.
   *
   * @param message what is readable holds during the call only, see {@link #take}
   */
  abstract void onMessage(ChannelHandlerContext ctx, boolean text, ByteBuf message);

  /** So much was read at once, and has been handled; unless another handler goes on. */
  abstract void onRead(int frames, int bytes);

  @Override
  public abstract void exceptionCaught(ChannelHandlerContext ctx, Throwable cause);

  /** When what is being handled was read. */
  final long readNs() {
    return readNs;
  }

  /** The code of the other end's close frame; 0 if none with a code has come. */
  final int theirCloseCode() {
    return theirCloseCode;
  }

  @Override
  public final void channelRead(ChannelHandlerContext ctx, Object read) {
    readNs = System.nanoTime();
    framesRead = 0;
    int bytes = ((ByteBuf) read).readableBytes();
    ByteBuf before = partialFrame;
    partialFrame = null;
    ByteBuf in = before == null ? (ByteBuf) read : append(before, (ByteBuf) read);
    boolean understood = false;
    try {
      readFrames(ctx, in, before != null);
      understood = true;
    } catch (CorruptedWebSocketFrameException e) {
      exceptionCaught(ctx, e);
    } finally {
      // After any failure nobody knows any more where a frame begins.
      deaf |= !understood;
      releaseUnlessTaken(in);
    }
    if (!ctx.isRemoved()) {
      onRead(framesRead, bytes);
    }
  }

  private static ByteBuf append(ByteBuf before, ByteBuf in) {
    before.writeBytes(in);
    in.release();
    return before;
  }

  private void readFrames(ChannelHandlerContext ctx, ByteBuf in, boolean joined) {
    int end = in.writerIndex();
    while (!deaf && !ctx.isRemoved() && frames.read(in, openBytes())) {
      framesRead++;
      int next = frames.end();
      alone = frames.start() == 0 && next == end;
      in.setIndex(frames.content(), next);
      onFrame(ctx, in);
      if (taken) {
        return; // There is no more in it, and its indexes are the new owner's.
      }
      in.setIndex(next, end);
    }
    if (!deaf && in.isReadable()) {
      keepRest(ctx, in, joined && framesRead == 0);
    }
  }

  private int openBytes() {
    return partialMessage == null ? -1 : partialMessage.readableBytes();
  }

  private void onFrame(ChannelHandlerContext ctx, ByteBuf content) {
    switch (frames.opcode()) {
      case Opcode.TEXT, Opcode.BINARY -> {
        boolean text = frames.opcode() == Opcode.TEXT;
        if (!frames.isLast()) {
          partialIsText = text;
          partialMessage = FrameBuffers.copy(ctx.alloc(), content);
          return;
        }
        if (text && !frames.isAscii()) {
          checkUtf8(content, content.readerIndex());
        }
        onMessage(ctx, text, content);
      }
      case Opcode.CONTINUATION -> onContinuation(ctx, content);
      case Opcode.PING -> onPing(ctx, content);
      case Opcode.CLOSE -> onClose(content);
      default -> {
        // A pong shows that the other end lives, as anything does.
      }
    }
  }

  private void onContinuation(ChannelHandlerContext ctx, ByteBuf content) {
    ByteBuf message = Objects.requireNonNull(partialMessage);
    message.writeBytes(content);
    if (frames.isLast()) {
      if (partialIsText) {
        checkUtf8(message, message.readerIndex());
      }
      partialMessage = null;
      handle(ctx, partialIsText, message);
    }
  }

  /** Hands on a message that has a buffer of its own, and releases it. */
  final void handle(ChannelHandlerContext ctx, boolean text, ByteBuf message) {
    alone = true;
    try {
      onMessage(ctx, text, message);
    } finally {
      releaseUnlessTaken(message);
    }
  }

  private void releaseUnlessTaken(ByteBuf message) {
    if (taken) {
      taken = false;
    } else {
      message.release();
    }
  }

  /**
   * The message in hand, to keep or to send; once for each. The caller owns it, and with it the
   * bytes before the reader index.
   */
  final ByteBuf take(ChannelHandlerContext ctx, ByteBuf message) {
    int start = alone ? 0 : frames.start();
    int length = message.writerIndex() - start;
    if (message.capacity() > MAX_HELD_TIMES * length) {
      return FrameBuffers.copy(ctx.alloc(), message);
    }
    if (alone) {
      taken = true;
      return message;
    }
    ByteBuf slice = message.retainedSlice(start, length);
    return slice.readerIndex(message.readerIndex() - start);
  }

  /**
   * Netty would answer every ping, and an end that sends pings without reading makes the answers
   * pile up: so none is sent while there is no room for it.
   */
  private void onPing(ChannelHandlerContext ctx, ByteBuf content) {
    if (ctx.channel().isWritable()) {
      writer.write(Opcode.PONG, FrameBuffers.copy(ctx.alloc(), content));
      ponged = true;
    }
  }

  private void onClose(ByteBuf content) {
    int length = content.readableBytes();
    if (length > 0) {
      int code = length == 1 ? -1 : content.getUnsignedShort(content.readerIndex());
      if (code < 0 || !WebSocketCloseStatus.isValidStatusCode(code)) {
        throw new CorruptedWebSocketFrameException(
            WebSocketCloseStatus.PROTOCOL_ERROR,
            "close code: " + code + " (expected: one of RFC 6455)",
            null);
      }
      checkUtf8(content, content.readerIndex() + Short.BYTES);
      theirCloseCode = code;
    }
    deaf = true;
    writer.answerClose(content);
  }

  private static void checkUtf8(ByteBuf text, int start) {
    if (!ByteBufUtil.isText(text, start, text.writerIndex() - start, StandardCharsets.UTF_8)) {
      throw new CorruptedWebSocketFrameException(
          WebSocketCloseStatus.INVALID_PAYLOAD_DATA, "text: no UTF-8 (expected: UTF-8)", null);
    }
  }

  /**
   * Keeps the beginning of a frame, or hands what is left to the handler that replaces this one.
   */
  private void keepRest(ChannelHandlerContext ctx, ByteBuf in, boolean isPartialFrame) {
    if (ctx.isRemoved()) {
      ctx.fireChannelRead(in.readRetainedSlice(in.readableBytes()));
    } else if (isPartialFrame) {
      partialFrame = in.retain();
    } else {
      // Of its own size: what it was read into may be much larger.
      partialFrame = ctx.alloc().buffer(in.readableBytes()).writeBytes(in);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    if (ponged) {
      ponged = false;
      writer.flush();
    }
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    if (partialFrame != null) {
      partialFrame.release();
      partialFrame = null;
    }
    if (partialMessage != null) {
      partialMessage.release();
      partialMessage = null;
    }
  }
}
