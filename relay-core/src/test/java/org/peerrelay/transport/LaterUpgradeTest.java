package org.peerrelay.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.CloseReason;

/** Upgrades on connections that have had plain requests, as proxies keep them. */
class LaterUpgradeTest extends UnharmedRelay {
  private static final String GET = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
  private static final String ENDLESS = "GET /endless HTTP/1.1\r\nHost: x\r\n\r\n";
  private static final String LAST = "GET /last HTTP/1.1\r\nHost: x\r\n\r\n";

  /** Says 204 at once, or never at {@code /endless}; at {@code /last} it also hangs up. */
  private static final class Front extends SimpleChannelInboundHandler<HttpObject> {
    private String path = "";

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, HttpObject message) {
      if (message instanceof HttpRequest request) {
        path = request.uri();
      }
      if (!(message instanceof LastHttpContent) || path.equals("/endless")) {
        return;
      }
      DefaultFullHttpResponse response =
          new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.NO_CONTENT);
      response.headers().set(HttpHeaderNames.SERVER, "front");
      ctx.writeAndFlush(response)
          .addListener(
              path.equals("/last")
                  ? ChannelFutureListener.CLOSE
                  : ChannelFutureListener.CLOSE_ON_FAILURE);
    }
  }

  LaterUpgradeTest() {
    super(builder -> builder.transport(RelayBench.quick(400)).http(() -> new Front()));
  }

  private static void assertFront(RawClient client) throws IOException {
    assertTrue(client.readHead().startsWith("HTTP/1.1 204 "));
  }

  @Test
  void whenAllRequestsAreAnsweredALinkBegins() throws IOException {
    try (RawClient client = bench.connect()) {
      for (int i = 0; i < 3; i++) {
        client.write(GET);
        assertFront(client);
      }
      String head = client.upgrade("");
      assertTrue(head.startsWith("HTTP/1.1 101 "), head);
      PeerId id = PeerId.random(new Random(1));
      client.hello(id);
      bench.relay.awaitLinked(id);
    }
  }

  @Test
  void itHasTheDeadlineOfHandshakes() throws IOException {
    long before = bench.closed(CloseReason.HANDSHAKE_TIMEOUT);
    try (RawClient client = bench.connect()) {
      client.write(GET);
      assertFront(client);
      assertTrue(client.upgrade("").startsWith("HTTP/1.1 101 "));
      assertEquals(CloseReason.HANDSHAKE_TIMEOUT.code(), client.readCloseCode());
    }
    assertEquals(before + 1, bench.closed(CloseReason.HANDSHAKE_TIMEOUT));
  }

  @Test
  void anUpgradeThatIsRefusedEndsTheConnection() throws IOException {
    try (RawClient client = bench.connect()) {
      client.write(GET);
      assertFront(client);
      client.write(
          "GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
      String answer = client.readToEnd();
      assertTrue(answer.startsWith("HTTP/1.1 426 "), answer);
    }
  }

  @Test
  void whileARequestIsNotAnsweredItIsTheFronts() throws IOException {
    try (RawClient client = bench.connect()) {
      client.write(ENDLESS);
      String head = client.upgrade("");
      assertTrue(head.startsWith("HTTP/1.1 204 "), head);
    }
  }

  @Test
  void afterTheLastAnswerNothingComes() throws IOException {
    try (RawClient client = bench.connect()) {
      client.write(
          LAST + "GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
      String answer = client.readToEnd();
      assertTrue(answer.startsWith("HTTP/1.1 204 "), answer);
      assertEquals(answer.length(), answer.indexOf("\r\n\r\n") + 4, answer);
    }
  }
}
