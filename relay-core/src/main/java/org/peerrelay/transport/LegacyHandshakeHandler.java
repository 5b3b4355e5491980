package org.peerrelay.transport;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler.HandshakeComplete;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.CloseReason;
import org.peerrelay.overlay.ConnectFailure;
import org.peerrelay.wire.MalformedFrameException;
import org.peerrelay.wire.legacy.LegacyReader;
import org.peerrelay.wire.legacy.LegacyWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The beginning of a legacy link: once WebSocket stands, each side sends its id. All of it, from
 * the TCP connection on, has one deadline. Then a {@link LegacyLinkHandler} takes this one's place.
 *
 * <p>An npm peer sends its id at once, and when it gets one that it is linked with already, it
 * drops both links. So it is told ours only when the control loop has accepted the link. Of two
 * nodes of this project both would wait for the other; there the one that was dialed goes first.
 */
final class LegacyHandshakeHandler extends SimpleChannelInboundHandler<WebSocketFrame> {
  private static final Logger LOG = LoggerFactory.getLogger(LegacyHandshakeHandler.class);

  private final LinkHost host;
  private final @Nullable Dial dial;
  private @Nullable Future<?> deadline;
  private ConnectFailure failure = ConnectFailure.DIAL_FAILED;
  private boolean relays;
  private boolean introduced;
  private boolean over;

  /**
   * For one connection.
   *
   * @param dial what was dialed; null if the connection came in
   */
  LegacyHandshakeHandler(LinkHost host, @Nullable Dial dial) {
    this.host = host;
    this.dial = dial;
  }

  /** Until it is connected, a socket has the dialer's deadline. */
  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    deadline =
        ctx.executor()
            .schedule(
                () -> refuse(ctx, CloseReason.HANDSHAKE_TIMEOUT),
                host.config().handshakeNs(),
                TimeUnit.NANOSECONDS);
    ctx.fireChannelActive();
  }

  /** A socket that never connected is closed without becoming inactive: the dialer reports it. */
  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    end();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof HandshakeComplete upgraded) {
      relays = Role.saysRelay(upgraded.requestHeaders());
      introduced = Role.isSaid(upgraded.requestHeaders());
      if (introduced) {
        ctx.writeAndFlush(new TextWebSocketFrame(LegacyWriter.hello(ctx.alloc(), host.self())));
      }
    }
    ctx.fireUserEventTriggered(event);
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, WebSocketFrame frame) {
    if (over) {
      return;
    }
    if (!(frame instanceof TextWebSocketFrame)) {
      refuse(ctx, CloseReason.UNSUPPORTED);
      return;
    }
    try {
      onHello(ctx, LegacyReader.readHello(ByteBufUtil.getBytes(frame.content())));
    } catch (MalformedFrameException e) {
      LOG.debug("{}: {}", ctx.channel().remoteAddress(), e.getMessage());
      refuse(ctx, CloseReason.MALFORMED);
    }
  }

  private void onHello(ChannelHandlerContext ctx, PeerId peer) {
    if (dial != null && dial.expected() != null && !dial.expected().equals(peer)) {
      failure = ConnectFailure.WRONG_PEER;
      refuse(ctx, CloseReason.WRONG_PEER);
      return;
    }
    end();
    WebSocketLink link =
        new WebSocketLink(
            peer, dial == null ? null : dial.url(), ctx.channel(), host.config(), host.counters());
    if (relays) {
      link.sawRelaying();
    }
    if (introduced) {
      link.introduced();
    }
    ctx.pipeline().replace(this, null, new LegacyLinkHandler(host, link));
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    boolean early = !over;
    end();
    if (early && dial != null) {
      reportFailure(dial);
    }
    ctx.fireChannelInactive();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    LOG.debug("{}: handshake failed", ctx.channel().remoteAddress(), cause);
    if (!over) {
      Farewell.ignoreInput(ctx.channel(), cause);
      refuse(ctx, Failures.closeReason(cause), Failures.closeCode(cause));
    }
  }

  private void refuse(ChannelHandlerContext ctx, CloseReason reason) {
    if (!over) {
      refuse(ctx, reason, reason.code());
    }
  }

  private void refuse(ChannelHandlerContext ctx, CloseReason reason, int code) {
    end();
    host.counters().countClosed(reason);
    if (dial != null) {
      reportFailure(dial);
    }
    Farewell.endsWithin(ctx.channel(), host.config().closeNs());
    Farewell.send(ctx.channel(), code, reason.text());
  }

  private void reportFailure(Dial failed) {
    host.inbox()
        .post(nowNs -> host.node().onDialFailed(failed.url(), failed.expected(), failure, nowNs));
  }

  private void end() {
    over = true;
    if (deadline != null) {
      deadline.cancel(false);
    }
  }
}
