package org.peerrelay.daemon.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.peerrelay.transport.ClientAddress;

/**
 * A request whose way is known and whose body is coming, up to the bound of its route. Owned by the
 * connection's event loop.
 */
final class IncomingRequest {
  private final HttpRequest head;
  private final Router.Choice choice;
  private final int maxBytes;
  private final ByteArrayOutputStream body = new ByteArrayOutputStream(0);

  /**
   * Begins with the head.
   *
   * @throws ProblemException if it announces what is not taken
   */
  IncomingRequest(HttpRequest head, Router.Choice choice) throws ProblemException {
    this.head = head;
    this.choice = choice;
    this.maxBytes = choice.route() == null ? 0 : choice.route().maxBodyBytes();
    if (HttpUtil.getContentLength(head, 0L) > maxBytes) {
      throw new ProblemException(Problem.bodyTooLarge(maxBytes));
    }
    String expected = head.headers().get(HttpHeaderNames.EXPECT);
    if (expected != null && !HttpHeaderValues.CONTINUE.contentEqualsIgnoreCase(expected)) {
      throw new ProblemException(
          new Problem(417, "expectation", "Expect: unknown (expected: 100-continue)"));
    }
  }

  /** Whether the client waits to be told that it may send the body. */
  boolean waits() {
    return head.headers().contains(HttpHeaderNames.EXPECT) && RequestHead.hasBody(head);
  }

  /** Its first line and header fields. */
  HttpRequest head() {
    return head;
  }

  /** What is to be done with it. */
  Router.Choice choice() {
    return choice;
  }

  /**
   * Takes the next part of the body; tells whether it was the last.
   *
   * @throws ProblemException if it cannot be read, or is too much
   */
  boolean take(HttpContent content) throws ProblemException {
    if (content.decoderResult().isFailure()) {
      throw new ProblemException(RequestHead.unreadable(content.decoderResult().cause()));
    }
    ByteBuf bytes = content.content();
    if (bytes.readableBytes() > maxBytes - body.size()) {
      throw new ProblemException(Problem.bodyTooLarge(maxBytes));
    }
    byte[] part = new byte[bytes.readableBytes()];
    bytes.readBytes(part);
    body.writeBytes(part);
    return content instanceof LastHttpContent;
  }

  /** All of it, as it came over {@code channel}. */
  Request whole(Channel channel) {
    InetSocketAddress client = ClientAddress.of(channel, head.headers());
    InetAddress from = client == null ? null : client.getAddress();
    return new Request(head, choice.variables(), body.toByteArray(), from);
  }
}
