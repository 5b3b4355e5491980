package org.peerrelay.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpObjectAggregator;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP half of a connection's life (RFC 6455, section 4). When it ends well, all that HTTP
 * needed leaves the pipeline, and the handler behind this one is told and gets the bytes that
 * follow.
 */
abstract class UpgradeHandler extends ChannelInboundHandlerAdapter {
  static final String VERSION = "13";
  static final int MAX_BODY_BYTES = 8_192;
  private static final String ACCEPT_SUFFIX = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  private final Class<? extends ChannelHandler> codec;
  private boolean leaving;
  private @Nullable ByteBuf rest;

  /** With the type of Netty's handler for this end of HTTP. */
  UpgradeHandler(Class<? extends ChannelHandler> codec) {
    this.codec = codec;
  }

  /** The other end's half of the upgrade, or anything else in HTTP. */
  abstract void onHttp(ChannelHandlerContext ctx, Object message);

  @Override
  public final void channelRead(ChannelHandlerContext ctx, Object message) {
    if (message instanceof ByteBuf bytes) {
      onBytes(bytes);
    } else {
      onHttp(ctx, message);
    }
  }

  /**
   * What the codec had read too far, and gives back as it leaves; or what comes after an upgrade
   * that was refused.
   */
  private void onBytes(ByteBuf bytes) {
    if (leaving && rest == null) {
      rest = bytes;
    } else {
      bytes.release();
    }
  }

  /** Leaves HTTP behind. */
  final void end(ChannelHandlerContext ctx, Upgraded event) {
    leaving = true;
    ChannelPipeline pipeline = ctx.pipeline();
    pipeline.remove(HttpObjectAggregator.class);
    pipeline.remove(codec);
    ctx.fireUserEventTriggered(event);
    pipeline.remove(this);
    ByteBuf bytes = rest;
    if (bytes != null) {
      rest = null;
      ctx.fireChannelRead(bytes);
      ctx.fireChannelReadComplete();
    }
  }

  /** What a server must answer to a client's key. */
  static String accept(String key) {
    try {
      byte[] bytes = (key + ACCEPT_SUFFIX).getBytes(StandardCharsets.ISO_8859_1);
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-1").digest(bytes));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-1", impossible);
    }
  }
}
