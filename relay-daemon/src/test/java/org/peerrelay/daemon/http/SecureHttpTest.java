package org.peerrelay.daemon.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.Test;
import org.peerrelay.Peer;
import org.peerrelay.testing.TestAuthority;
import org.peerrelay.testing.TestAuthority.Issued;
import org.peerrelay.transport.ServerCertificate;
import org.peerrelay.transport.ServerTls;

/** HTTP over TLS, with a client that tells an end from a cut: Java's own takes both alike. */
class SecureHttpTest {
  private static final String LAST = "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";

  private final TestAuthority authority = new TestAuthority();

  private Peer relay() throws Exception {
    Issued issued = authority.issue("127.0.0.1");
    Router router = new Router(List.of(HttpScene.HI));
    return Peer.builder()
        .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
        .tls(new ServerTls(ServerCertificate.ofPem(issued.chain(), issued.key(), Instant.now())))
        .http(() -> new HttpFront(router, HttpLimits.DEFAULT, new HttpCounters()))
        .start();
  }

  @Test
  void theEndOfTheLastAnswerIsToldByTls() throws Exception {
    SSLEngine engine = authority.sslContext().createSSLEngine();
    engine.setUseClientMode(true);
    SslHandler client = new SslHandler(engine);
    EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    try (Peer relay = relay()) {
      new Bootstrap()
          .group(group)
          .channel(NioSocketChannel.class)
          .handler(client)
          .connect(Objects.requireNonNull(relay.address()))
          .sync()
          .channel()
          .writeAndFlush(Unpooled.copiedBuffer(LAST, US_ASCII))
          .sync();
      assertTrue(client.sslCloseFuture().await(20, TimeUnit.SECONDS), "still open");
      assertTrue(client.sslCloseFuture().isSuccess(), () -> "" + client.sslCloseFuture().cause());
    } finally {
      group.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
    }
  }
}
