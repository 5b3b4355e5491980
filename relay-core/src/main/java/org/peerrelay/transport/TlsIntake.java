package org.peerrelay.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Stands between a socket and its TLS, which keeps without a bound what it cannot decode yet, or
 * not any more. It bounds what comes before the handshake is over, closes the connection when the
 * other end has ended its TLS, and counts what comes, for {@link Reading}: who sends records with
 * little or nothing in them costs as much as who sends messages. One connection; event loop only.
 */
final class TlsIntake extends ChannelInboundHandlerAdapter {
  /** A type, a version, and how many bytes follow, in two bytes (RFC 8446, section 5.1). */
  private static final int HEADER_BYTES = 5;

  private final SslHandler tls;
  private int earlyBytes;
  private boolean over;
  private int bytes;
  private int records;

  /** How much of a record's header has come, and what its last two bytes say so far. */
  private int headerBytes;

  private int length;

  /** How much of a record is still to come. */
  private int rest;

  /** To stand before {@code tls}. */
  TlsIntake(SslHandler tls) {
    this.tls = tls;
  }

  /** That of a connection; null if it has no TLS. */
  static @Nullable TlsIntake of(Channel channel) {
    return channel.pipeline().get(TlsIntake.class);
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    tls.handshakeFuture().addListener(done -> over |= !done.isSuccess());
    tls.sslCloseFuture()
        .addListener(
            closed -> {
              over = true;
              ctx.channel().close();
            });
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object read) {
    ByteBuf in = (ByteBuf) read;
    if (!over && isTooEarly(in)) {
      over = true;
      ctx.fireUserEventTriggered(
          new SslHandshakeCompletionEvent(
              new SSLException(
                  "before the end of the handshake: %s bytes (expected: at most %s)"
                      .formatted(earlyBytes, ServerTls.MAX_EARLY_BYTES))));
      ctx.close();
    }
    if (over) {
      in.release();
    } else {
      count(in);
      ctx.fireChannelRead(in);
    }
  }

  private boolean isTooEarly(ByteBuf in) {
    if (tls.handshakeFuture().isDone()) {
      return false;
    }
    earlyBytes += in.readableBytes();
    return earlyBytes > ServerTls.MAX_EARLY_BYTES;
  }

  private void count(ByteBuf in) {
    bytes += in.readableBytes();
    int at = in.readerIndex();
    while (at < in.writerIndex()) {
      if (rest > 0) {
        int here = Math.min(rest, in.writerIndex() - at);
        at += here;
        rest -= here;
        records += rest == 0 ? 1 : 0;
      } else {
        length = (length << Byte.SIZE | in.getUnsignedByte(at++)) & 0xffff;
        headerBytes++;
        if (headerBytes == HEADER_BYTES) {
          headerBytes = 0;
          rest = length;
        }
      }
    }
  }

  /** How many bytes have come since this was last asked. */
  int takeBytes() {
    int taken = bytes;
    bytes = 0;
    return taken;
  }

  /** How many records have come to their end since this was last asked. */
  int takeRecords() {
    int taken = records;
    records = 0;
    return taken;
  }
}
