package org.peerrelay.bench.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.peerrelay.id.PeerId;

/**
 * One connection of the bare forwarder. Reads frames where they were received, unmasks them there,
 * and turns the end of a client's header into a server's header, so that what goes out is a slice
 * of what came in.
 */
final class ForwardingHandler extends ChannelInboundHandlerAdapter {
  private static final Pattern KEY =
      Pattern.compile("(?i)\r\nsec-websocket-key: *([^\r ]+) *\r\n.*\r\n\r\n", Pattern.DOTALL);
  private static final String ACCEPT_SUFFIX = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  private static final int MASK_BYTES = 4;
  private static final int LENGTH_16 = 126;
  private static final int BINARY = 0x82;
  private static final int MAX_SHORT_LENGTH = 125;

  private final ForwardingLoop loop;
  private @Nullable ChannelHandlerContext ctx;
  private @Nullable ByteBuf rest;
  private @Nullable PeerId id;
  private boolean upgraded;
  private boolean unflushed;

  ForwardingHandler(ForwardingLoop loop) {
    this.loop = loop;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    this.ctx = ctx;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ByteBuf in = joined(ctx, (ByteBuf) message);
    if (upgraded || upgrade(ctx, in)) {
      while (readFrame(ctx, in)) {}
    }
    if (in.isReadable()) {
      rest = ctx.alloc().directBuffer(in.readableBytes()).writeBytes(in);
    }
    in.release();
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    loop.onReadComplete();
  }

  private ByteBuf joined(ChannelHandlerContext ctx, ByteBuf in) {
    ByteBuf before = rest;
    if (before == null) {
      return in;
    }
    rest = null;
    ByteBuf both = ctx.alloc().directBuffer(before.readableBytes() + in.readableBytes());
    both.writeBytes(before).writeBytes(in);
    before.release();
    in.release();
    return both;
  }

  private boolean upgrade(ChannelHandlerContext ctx, ByteBuf in) {
    Matcher key = KEY.matcher(in.toString(StandardCharsets.ISO_8859_1));
    if (!key.find()) {
      return false;
    }
    String answer =
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Accept: "
            + accept(key.group(1))
            + "\r\n\r\n";
    in.skipBytes(key.end());
    upgraded = true;
    ctx.writeAndFlush(ByteBufUtil.writeAscii(ctx.alloc(), answer), ctx.voidPromise());
    return true;
  }

  private static String accept(String key) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-1")
              .digest((key + ACCEPT_SUFFIX).getBytes(StandardCharsets.US_ASCII));
      return Base64.getEncoder().encodeToString(hash);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-1", impossible);
    }
  }

  /** Reads one frame if all of it is there; tells whether it was. */
  private boolean readFrame(ChannelHandlerContext ctx, ByteBuf in) {
    int start = in.readerIndex();
    int readable = in.readableBytes();
    if (readable < 4) {
      return false;
    }
    int length = in.getByte(start + 1) & 0x7f;
    int content = start + 2 + MASK_BYTES;
    if (length >= LENGTH_16) {
      // A longer one than 64 KiB is not met here, so its length is not read.
      length = in.getUnsignedShort(start + 2);
      content += 2;
    }
    if (content + length > start + readable) {
      return false;
    }
    in.readerIndex(content + length);
    if ((in.getByte(start) & 0xff) == BINARY && length >= PeerId.BYTES) {
      unmask(in, in.getInt(content - MASK_BYTES), content, content + length);
      onFrame(in, content, length);
    } else {
      ctx.close();
    }
    return true;
  }

  private static void unmask(ByteBuf in, int mask, int from, int to) {
    long wide = (long) mask << 32 | (mask & 0xffff_ffffL);
    int i = from;
    for (; i + Long.BYTES <= to; i += Long.BYTES) {
      in.setLong(i, in.getLong(i) ^ wide);
    }
    for (int shift = 24; i < to; i++, shift -= 8) {
      in.setByte(i, in.getByte(i) ^ (mask >>> (shift & 31)));
    }
  }

  private void onFrame(ByteBuf in, int content, int length) {
    PeerId named =
        new PeerId(in.getLong(content), in.getLong(content + 8), in.getInt(content + 16));
    if (id == null) {
      id = named;
      loop.join(named, this);
      return;
    }
    ForwardingHandler receiver = loop.receiver(named);
    if (receiver != null) {
      receiver.forward(in, content + PeerId.BYTES, length - PeerId.BYTES);
    }
  }

  /** The target's id, just read, makes room for the header before the payload. */
  private void forward(ByteBuf in, int payload, int length) {
    if (ctx == null || !ctx.channel().isWritable()) {
      return;
    }
    int start;
    if (length <= MAX_SHORT_LENGTH) {
      start = payload - 2;
      in.setByte(start + 1, length);
    } else {
      start = payload - 4;
      in.setByte(start + 1, LENGTH_16);
      in.setShort(start + 2, length);
    }
    in.setByte(start, BINARY);
    ctx.write(in.retainedSlice(start, payload + length - start), ctx.voidPromise());
    if (!unflushed) {
      unflushed = true;
      loop.flushLater(this);
    }
  }

  void flush() {
    unflushed = false;
    if (ctx != null) {
      ctx.flush();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    if (id != null) {
      loop.leave(id, this);
    }
    if (rest != null) {
      rest.release();
      rest = null;
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    ctx.close();
  }
}
