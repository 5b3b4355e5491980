package org.peerrelay.daemon.cli;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.peerrelay.id.Identity;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.Transit;
import org.peerrelay.testing.RelayEnd;
import org.peerrelay.testing.WebSocketServer;
import org.peerrelay.wire.binary.DatagramLayout;

/** Speaks protocol 2, but loses datagrams, and delivers every seventh twice. */
final class LossyRelay implements AutoCloseable {
  private static final int LOSES_EVERY = 10;
  private static final int LOSES_NONE = Integer.MAX_VALUE;
  private static final int DOUBLES_EVERY = 7;

  private final Identity identity = Identity.generate(new SecureRandom());
  private final Map<PeerId, Channel> clients = new HashMap<>();
  private final Predicate<Transit> loses;
  private final int losesEvery;
  private final WebSocketServer server;
  private int datagrams;

  /** Loses every tenth datagram. */
  LossyRelay() {
    this(datagram -> false, LOSES_EVERY);
  }

  /** Loses those, and no others. */
  LossyRelay(Predicate<Transit> loses) {
    this(loses, LOSES_NONE);
  }

  private LossyRelay(Predicate<Transit> loses, int losesEvery) {
    this.loses = loses;
    this.losesEvery = losesEvery;
    this.server =
        new WebSocketServer(
            connection ->
                connection.addLast(
                    new WebSocketServerProtocolHandler("/", "peer-relay.2"), new Link()));
  }

  String url() {
    return server.url();
  }

  @Override
  public void close() {
    server.close();
  }

  /** All run on one event loop. */
  private final class Link extends RelayEnd {
    private final Transit header = new Transit();

    Link() {
      super(identity, null, Set.of(url().substring("ws://".length())));
    }

    @Override
    protected void onProven(ChannelHandlerContext ctx, PeerId peer) {
      clients.put(peer, ctx.channel());
    }

    @Override
    protected void onFrame(ChannelHandlerContext ctx, WebSocketFrame frame) throws Exception {
      if (frame instanceof BinaryWebSocketFrame datagram) {
        DatagramLayout.read(datagram.content(), header);
        relay(datagram);
      }
    }

    private void relay(BinaryWebSocketFrame frame) {
      datagrams++;
      Channel target = clients.get(header.to.toPeerId());
      // What is for this relay itself, such as pointers, is of no interest.
      if (target == null || datagrams % losesEvery == 0 || loses.test(header)) {
        return;
      }
      target.writeAndFlush(frame.retainedDuplicate());
      if (datagrams % DOUBLES_EVERY == 0) {
        target.writeAndFlush(frame.retainedDuplicate());
      }
    }
  }
}
