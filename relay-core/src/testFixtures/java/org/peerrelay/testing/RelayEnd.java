package org.peerrelay.testing;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler.HandshakeComplete;
import java.security.SecureRandom;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.peerrelay.id.Identity;
import org.peerrelay.id.PeerId;
import org.peerrelay.wire.binary.Bytes32;
import org.peerrelay.wire.binary.Hello;
import org.peerrelay.wire.binary.LinkHandshake;
import org.peerrelay.wire.binary.LinkProof.Side;

/**
 * The end of a protocol 2 link at a relay that has been dialed. It proves the relay's id as it
 * should; what it does with the frames after that is its own affair.
 */
public abstract class RelayEnd extends SimpleChannelInboundHandler<WebSocketFrame> {
  private static final int MAX_FRAME_BYTES = 65_536;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final LinkHandshake handshake;

  /**
   * An end that has not been upgraded yet.
   *
   * @param url where it says that others can dial it; null if nowhere
   * @param ownNames the hosts and ports that a dialer may have meant it by
   */
  protected RelayEnd(Identity identity, @Nullable String url, Set<String> ownNames) {
    byte[] fresh = new byte[Bytes32.LENGTH];
    RANDOM.nextBytes(fresh);
    Bytes32 key = Bytes32.of(identity.publicKey());
    Hello hello =
        new Hello(2, 2, true, key, Bytes32.of(fresh), url, null, MAX_FRAME_BYTES, null, false);
    this.handshake = new LinkHandshake(Side.ACCEPTOR, identity, hello, ownNames);
  }

  /** Both ends have proven their ids. */
  protected abstract void onProven(ChannelHandlerContext ctx, PeerId peer);

  /** A frame has come in, of any kind but those of the handshake. */
  protected abstract void onFrame(ChannelHandlerContext ctx, WebSocketFrame frame) throws Exception;

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof HandshakeComplete) {
      write(ctx, handshake.begin());
    }
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, WebSocketFrame frame) throws Exception {
    if (handshake.isDone() || !(frame instanceof BinaryWebSocketFrame)) {
      onFrame(ctx, frame);
      return;
    }
    write(ctx, handshake.onFrame(ByteBufUtil.getBytes(frame.content())));
    if (handshake.isDone()) {
      onProven(ctx, handshake.theirId());
    }
  }

  /** A client that is closed with something unread resets its connection. */
  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    ctx.close();
  }

  private static void write(ChannelHandlerContext ctx, List<byte[]> frames) {
    frames.forEach(
        bytes -> ctx.writeAndFlush(new BinaryWebSocketFrame(Unpooled.wrappedBuffer(bytes))));
  }
}
