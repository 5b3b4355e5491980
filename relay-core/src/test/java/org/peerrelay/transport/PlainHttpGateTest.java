package org.peerrelay.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerrelay.message.CloseReason;

/** A relay whose port has an HTTP front behind it. After each it relays as before. */
class PlainHttpGateTest extends UnharmedRelay {
  /** Answers every request with what the codec made of it, in the end. */
  private static final class Echo extends SimpleChannelInboundHandler<HttpObject> {
    private String first = "";

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, HttpObject message) {
      boolean readable = message.decoderResult().isSuccess();
      if (message instanceof HttpRequest request) {
        first = request.method() + " " + request.uri();
      }
      // After what it cannot read the codec says nothing more.
      if (!readable || message instanceof LastHttpContent) {
        String text = readable ? "front: " + first : "front: unreadable";
        ctx.writeAndFlush(
                new DefaultFullHttpResponse(
                    HttpVersion.HTTP_1_1,
                    HttpResponseStatus.OK,
                    ByteBufUtil.writeUtf8(ctx.alloc(), text)))
            .addListener(ChannelFutureListener.CLOSE);
      }
    }
  }

  PlainHttpGateTest() {
    super(builder -> builder.transport(RelayBench.quick(400)).http(() -> new Echo()));
  }

  private String answer(String request) throws IOException {
    try (RawClient client = bench.connect()) {
      client.write(request);
      return client.readToEnd();
    }
  }

  private void assertSays(String expected, String request) throws IOException {
    String answer = answer(request);
    assertTrue(answer.endsWith("front: " + expected), answer);
  }

  @Test
  void aRequestWithoutUpgradeIsTheFronts() throws IOException {
    assertSays("GET /a?b=c", "GET /a?b=c HTTP/1.1\r\nHost: x\r\n\r\n");
    assertSays("POST /a", "POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 20000\r\n\r\n" + body());
  }

  private static String body() {
    return "x".repeat(20_000);
  }

  @Test
  void anUpgradeToSomethingElseIsTheFrontsToIgnore() throws IOException {
    assertSays(
        "GET /",
        "GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n\r\n");
  }

  @Test
  void aFrameThatComesWithTheUpgradeIsNotLost() throws IOException {
    try (RawClient client = bench.connect()) {
      // A masked ping of no bytes in the same packet.
      byte[] upgrade =
          """
          GET / HTTP/1.1\r
          Host: x\r
          Upgrade: websocket\r
          Connection: Upgrade\r
          Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
          Sec-WebSocket-Version: 13\r
          \r
          """
              .getBytes(US_ASCII);
      byte[] both = Arrays.copyOf(upgrade, upgrade.length + 6);
      both[upgrade.length] = (byte) 0x89;
      both[upgrade.length + 1] = (byte) 0x80;
      client.write(both);
      assertTrue(client.readHead().startsWith("HTTP/1.1 101 "));
      assertEquals(RawClient.PONG, Objects.requireNonNull(client.read()).opcode());
    }
  }

  @Test
  void aHeadWithoutEndHasTheDeadlineOfHandshakes() throws IOException {
    long before = bench.closed(CloseReason.HANDSHAKE_TIMEOUT);
    assertEquals("", answer("GET / HTTP/1.1\r\nHost: x\r\n"));
    assertEquals(before + 1, bench.closed(CloseReason.HANDSHAKE_TIMEOUT));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello!",
        "Content-Length: 5, 6\r\n\r\nhello!",
        "Content-Length: -1\r\n\r\n",
        "Content-Length: 0x1\r\n\r\nx",
        "Content-Length : 1\r\n\r\nx",
        "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\n0x5\r\nhello\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\n-5\r\nhello\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\nfffffffff\r\nhello\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\n\r\nhello\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\n\n5\nhello\n0\n\n"
      })
  void whatTwoReadersCouldTakeDifferentlyIsUnreadable(String rest) throws IOException {
    assertSays("unreadable", "POST / HTTP/1.1\r\nHost: x\r\n" + rest);
  }

  @Test
  void chunksInHttp10AreUnreadable() throws IOException {
    assertSays("unreadable", "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
  }
}
