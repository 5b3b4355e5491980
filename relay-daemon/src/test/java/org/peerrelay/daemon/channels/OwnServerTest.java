package org.peerrelay.daemon.channels;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import org.junit.jupiter.api.Test;

/** Channels among the handlers of somebody else's Netty server. */
class OwnServerTest {
  /** Theirs: says the path and how much was posted. */
  private static final class Theirs extends SimpleChannelInboundHandler<FullHttpRequest> {
    @Override
    protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
      String text = request.uri() + " " + request.content().readableBytes();
      FullHttpResponse response =
          new DefaultFullHttpResponse(
              HttpVersion.HTTP_1_1,
              HttpResponseStatus.OK,
              ByteBufUtil.writeUtf8(ctx.alloc(), text));
      HttpUtil.setContentLength(response, response.content().readableBytes());
      ctx.writeAndFlush(response);
    }
  }

  private static String sent(EmbeddedChannel channel) {
    StringBuilder text = new StringBuilder();
    for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
      text.append(part.toString(US_ASCII));
      part.release();
    }
    return text.toString();
  }

  @Test
  void requestsElsewhereGoOnToTheNextHandlerInTheirOrder() {
    SignalChannels channels = new SignalChannels("/a/channels", ChannelLimits.DEFAULT);
    EmbeddedChannel channel =
        new EmbeddedChannel(
            new HttpServerCodec(),
            channels.handler(),
            new HttpObjectAggregator(1_000),
            new Theirs());
    String head = " HTTP/1.1\r\nHost: x\r\n";
    String requests =
        String.join(
            head,
            "POST /theirs",
            "Content-Length: 2\r\n\r\nhiHEAD /a/channels",
            "\r\nGET /theirs/too",
            "\r\nGET /a/channels",
            "\r\n");
    channel.writeInbound(Unpooled.copiedBuffer(requests, US_ASCII));
    channel.runPendingTasks();
    String answers = sent(channel);
    int first = answers.indexOf("/theirs 2");
    int second = answers.indexOf("text/event-stream");
    int third = answers.indexOf("/theirs/too 0");
    int fourth = answers.indexOf("event: connect");
    assertTrue(0 < first && first < second && second < third && third < fourth, answers);
    assertEquals(1, channels.size());
    channel.close();
    channel.runPendingTasks();
    assertEquals(0, channels.size());
    assertTrue(sent(channel).endsWith("0\r\n\r\n"));
  }
}
