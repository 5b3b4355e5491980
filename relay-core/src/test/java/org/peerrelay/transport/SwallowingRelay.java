package org.peerrelay.transport;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import java.security.SecureRandom;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.peerrelay.id.Identity;
import org.peerrelay.id.PeerId;
import org.peerrelay.testing.RelayEnd;
import org.peerrelay.testing.WebSocketServer;

/** Proves its id, answers WebSocket pings, and loses every datagram. */
public final class SwallowingRelay implements AutoCloseable {
  private static final WebSocketServerProtocolConfig PROTOCOL =
      WebSocketServerProtocolConfig.newBuilder()
          .websocketPath("/")
          .subprotocols("peer-relay.2")
          .handleCloseFrames(false)
          .build();

  private final Identity identity = Identity.generate(new SecureRandom());
  private final LinkedBlockingQueue<Integer> closeCodes = new LinkedBlockingQueue<>();
  private final WebSocketServer server =
      new WebSocketServer(
          connection ->
              connection.addLast(new WebSocketServerProtocolHandler(PROTOCOL), new Link()));

  public PeerId id() {
    return identity.id();
  }

  /** Where it says that others can dial it. */
  public String url() {
    return server.url();
  }

  /** Waits until a link is closed by its other end; the code. */
  public int closeCode() throws InterruptedException {
    Integer code = closeCodes.poll(20, TimeUnit.SECONDS);
    if (code == null) {
      throw new AssertionError("no link has been closed");
    }
    return code;
  }

  @Override
  public void close() {
    server.close();
  }

  private final class Link extends RelayEnd {
    Link() {
      super(identity, url(), Set.of());
    }

    @Override
    protected void onProven(ChannelHandlerContext ctx, PeerId peer) {
      // Whoever it is.
    }

    @Override
    protected void onFrame(ChannelHandlerContext ctx, WebSocketFrame frame) {
      if (frame instanceof CloseWebSocketFrame close) {
        closeCodes.add(close.statusCode());
        ctx.close();
      }
    }
  }
}
