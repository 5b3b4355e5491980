package org.peerrelay.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.concurrent.Future;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.CloseReason;
import org.peerrelay.overlay.ConnectFailure;
import org.peerrelay.relay.LinkFormat;
import org.peerrelay.wire.MalformedFrameException;
import org.peerrelay.wire.binary.Hello;
import org.peerrelay.wire.binary.RefusedHandshakeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The beginning of a link: once WebSocket stands, the two ends tell each other who they are, in the
 * format that they agree on. All of it, from the TCP connection on, has one deadline. Then a {@link
 * LinkHandler} takes this one's place.
 *
 * <p>An acceptor knows the format from the upgrade. A dialer waits for the first frame: npm's
 * server agrees to every subprotocol, then speaks the legacy one, and dies of a binary frame.
 */
final class OpeningHandler extends FrameHandler {
  private static final Logger LOG = LoggerFactory.getLogger(OpeningHandler.class);

  private final LinkHost host;
  private final @Nullable Dial dial;
  private final Reading reading;
  private @Nullable LinkOpening opening;
  private @Nullable Future<?> deadline;
  private ConnectFailure failure = ConnectFailure.DIAL_FAILED;
  private boolean isWebSocket;
  private boolean agreesOnBinary;
  private boolean relays;

  /** Whether the dial has shown what it was to show, and no link comes of it. */
  private boolean found;

  private boolean over;

  /**
   * For one connection.
   *
   * @param dial what was dialed; null if the connection came in
   */
  OpeningHandler(LinkHost host, Channel channel, @Nullable Dial dial) {
    super(
        new FrameWriter(channel, dial != null), dial == null, host.config().wire().maxFrameBytes());
    this.host = host;
    this.dial = dial;
    this.reading = new Reading(channel, host);
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
    reading.end();
    super.handlerRemoved(ctx);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof Upgraded upgraded) {
      isWebSocket = true;
      agreesOnBinary = upgraded.binary();
      if (dial == null) {
        relays = Role.saysRelay(upgraded.headers());
        begin(
            agreesOnBinary
                ? host.openings().accept(ClientAddress.of(ctx.channel()))
                : host.openings().legacy(Role.isSaid(upgraded.headers())));
      }
    }
    if (event instanceof SslHandshakeCompletionEvent tls && !tls.isSuccess()) {
      onTlsFailure(ctx);
    }
    ctx.fireUserEventTriggered(event);
  }

  /** What came was no TLS, or none that both ends speak, or they do not trust each other. */
  private void onTlsFailure(ChannelHandlerContext ctx) {
    // Who has hung up is no failure of TLS, and nothing is left to be closed.
    if (!over && ctx.channel().isActive()) {
      refuse(ctx, CloseReason.TLS_FAILED);
    }
  }

  private LinkOpening begin(LinkOpening chosen) {
    opening = chosen;
    write(chosen, chosen.begin());
    return chosen;
  }

  private void write(LinkOpening current, List<byte[]> frames) {
    int opcode = current.format() == LinkFormat.BINARY ? Opcode.BINARY : Opcode.TEXT;
    frames.forEach(frame -> writer.write(opcode, frame));
    writer.flush();
  }

  @Override
  void onMessage(ChannelHandlerContext ctx, boolean text, ByteBuf message) {
    if (over) {
      return;
    }
    LinkOpening current = opening;
    if (current == null && dial != null) {
      boolean binary = !text && agreesOnBinary;
      if (!binary && (dial.check() || !host.openings().takesLegacy())) {
        refuse(ctx, CloseReason.UNSUPPORTED);
        return;
      }
      current = begin(binary ? host.openings().dial(dial) : host.openings().legacy(false));
    }
    if (current == null || text != (current.format() == LinkFormat.LEGACY)) {
      refuse(ctx, CloseReason.UNSUPPORTED);
      return;
    }
    onFrame(ctx, current, ByteBufUtil.getBytes(message));
  }

  @Override
  void onRead(int frames, int bytes) {
    reading.onRead(frames, bytes, dial != null, readNs());
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    reading.onReadComplete(dial != null);
    super.channelReadComplete(ctx);
  }

  private void onFrame(ChannelHandlerContext ctx, LinkOpening current, byte[] frame) {
    try {
      write(current, current.onFrame(frame));
    } catch (MalformedFrameException e) {
      LOG.debug("{}: {}", ClientAddress.of(ctx.channel()), e.getMessage());
      refuse(ctx, CloseReason.MALFORMED);
      return;
    } catch (RefusedHandshakeException e) {
      LOG.debug("{}: {}", ClientAddress.of(ctx.channel()), e.getMessage());
      if (e.reason() == CloseReason.WRONG_PEER) {
        failure = ConnectFailure.WRONG_PEER;
      }
      refuse(ctx, e.reason());
      return;
    }
    if (current instanceof BinaryOpening binary && isOwnAnswer(binary)) {
      refuse(ctx, CloseReason.SELF);
      return;
    }
    PeerId peer = current.peer();
    if (peer != null) {
      onPeer(ctx, peer, current);
    }
  }

  /**
   * Learns what the other end knows of this node's address. Whether the other end is this node, and
   * the connection has done its work.
   */
  private boolean isOwnAnswer(BinaryOpening binary) {
    Hello hello = binary.theirHello();
    if (hello == null) {
      return false;
    }
    OwnAddress own = host.openings().address();
    if (dial == null) {
      own.onNamed(hello.authority());
    } else if (dial.isTo(host.self())) {
      found = true;
      own.found(dial.url());
    } else {
      own.onSeenAt(hello.observedAddress());
    }
    return found;
  }

  private void onPeer(ChannelHandlerContext ctx, PeerId peer, LinkOpening opened) {
    if (dial != null && dial.expected() != null && !dial.expected().equals(peer)) {
      failure = ConnectFailure.WRONG_PEER;
      refuse(ctx, CloseReason.WRONG_PEER);
      return;
    }
    if (opened instanceof BinaryOpening binary && isOverWith(ctx, binary)) {
      return;
    }
    end();
    WebSocketLink link =
        new WebSocketLink(
            peer,
            dial == null ? null : dial.url(),
            opened.format(),
            opened.lastWords(),
            ctx.channel(),
            host.config(),
            host.counters());
    if (opened instanceof BinaryOpening binary) {
      binary.describe(link);
    } else if (relays) {
      link.sawRelaying();
    }
    LinkHandler handler =
        opened.format() == LinkFormat.BINARY
            ? new BinaryLinkHandler(host, link)
            : new LegacyLinkHandler(host, link);
    ctx.pipeline().replace(this, null, handler);
  }

  /** Ends a connection that was only to show who answers, now that both ends know. */
  private boolean isOverWith(ChannelHandlerContext ctx, BinaryOpening opened) {
    if (dial != null && dial.check()) {
      found = true;
      refuse(ctx, CloseReason.CHECKED);
      return true;
    }
    boolean checked = dial == null && opened.isCheck();
    if (checked) {
      write(opened, opened.lastWords());
      refuse(ctx, CloseReason.CHECKED);
    }
    return checked;
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    boolean early = !over;
    end();
    if (early && isWebSocket) {
      host.counters().countAbandoned();
    }
    if (early && dial != null) {
      LOG.debug("{}: hung up (expected: a relay, wss:// if it speaks TLS)", dial.url());
      report(dial);
    }
    ctx.fireChannelInactive();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    LOG.debug("{}: handshake failed", ClientAddress.of(ctx.channel()), cause);
    if (!over) {
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
    host.counters().countUnlinked(reason);
    if (dial != null) {
      report(dial);
    }
    Farewell.endsWithin(ctx.channel(), host.config().closeNs());
    if (isWebSocket) {
      writer.close(code, reason.text());
    } else {
      ctx.close();
    }
  }

  private void report(Dial ended) {
    if (!ended.isTo(host.self())) {
      host.report(ended, found, failure);
    } else if (!found) {
      host.openings().address().notFound(ended.url());
    }
  }

  private void end() {
    over = true;
    if (deadline != null) {
      deadline.cancel(false);
    }
  }
}
