package org.peerrelay.transport;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.peerrelay.message.CloseReason;

/**
 * Decides by its requests what a connection is for. While none has asked for anything but
 * WebSocket, the link's own handlers stand behind the gate; the first plain request puts the HTTP
 * front in their place. A proxy that keeps connections may send an upgrade over one that has had
 * plain requests: when those are answered, the front leaves, and the link begins. The gate leaves
 * with the upgrade. The handshake deadline runs until the first request has come, so a head that
 * never ends holds no connection, and anew from a later upgrade on. Over TLS the gate bounds how
 * fast records come, whatever is in them.
 */
final class PlainHttpGate extends ChannelDuplexHandler {
  private final LinkHost host;
  private final Supplier<? extends ChannelHandler> fronts;
  private final Consumer<ChannelPipeline> link;
  private @Nullable ChannelHandler front;
  private @Nullable Reading reading;
  private int unanswered;

  /**
   * For one connection.
   *
   * @param fronts makes HTTP fronts
   * @param link adds the handlers of a link, which are there at first
   */
  PlainHttpGate(
      LinkHost host, Supplier<? extends ChannelHandler> fronts, Consumer<ChannelPipeline> link) {
    this.host = host;
    this.fronts = fronts;
    this.link = link;
  }

  /**
   * How to decode where requests follow one another: whatever two readers could take for different
   * requests (RFC 9112, sections 2.2, 6.3 and 11.2) is refused.
   */
  static HttpDecoderConfig strict() {
    return new HttpDecoderConfig().setStrictLineParsing(true).setUseRfc9112TransferEncoding(true);
  }

  /** Whether the front answers what comes over a connection. Any thread. */
  static boolean isPlain(ChannelPipeline pipeline) {
    return pipeline.get(PlainHttpGate.class) != null && pipeline.get(OpeningHandler.class) == null;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (message instanceof HttpRequest request) {
      onRequest(ctx, request);
    }
    ctx.fireChannelRead(message);
  }

  private void onRequest(ChannelHandlerContext ctx, HttpRequest request) {
    ChannelPipeline pipeline = ctx.pipeline();
    boolean upgrade = asksForWebSocket(request);
    if (front == null && upgrade) {
      // First, since an upgrade gives back what the codec has read too far.
      pipeline.remove(this);
    } else if (front == null) {
      front = fronts.get();
      pipeline.remove(HttpObjectAggregator.class);
      pipeline.remove(UpgradeAcceptor.class);
      pipeline.replace(OpeningHandler.class, null, front);
      reading = Reading.ofRequests(ctx.channel(), host);
    } else if (upgrade && unanswered == 0 && !isEnding(ctx)) {
      pipeline.remove(front);
      link.accept(pipeline);
      // For these the connection begins now.
      ctx.fireChannelActive();
      pipeline.remove(this);
    }
    unanswered++;
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    if (reading != null) {
      reading.onReadComplete(false);
      if (reading.isStuck()) {
        reading.hold();
        host.counters().countClosed(CloseReason.SILENT);
        ctx.close();
      }
    }
    ctx.fireChannelReadComplete();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    if (reading != null) {
      reading.end();
    }
  }

  private static boolean asksForWebSocket(HttpRequest request) {
    return request
        .headers()
        .containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true);
  }

  /** Whether the front has said its last word. */
  private static boolean isEnding(ChannelHandlerContext ctx) {
    return ctx.channel() instanceof DuplexChannel duplex && duplex.isOutputShutdown();
  }

  @Override
  public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
    if (message instanceof LastHttpContent && !isInformational(message)) {
      ctx.write(message, promise.unvoid()).addListener(written -> unanswered--);
    } else {
      ctx.write(message, promise);
    }
  }

  private static boolean isInformational(Object message) {
    return message instanceof HttpResponse response
        && response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
  }
}
