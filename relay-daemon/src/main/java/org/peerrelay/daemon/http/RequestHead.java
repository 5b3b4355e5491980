package org.peerrelay.daemon.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.util.List;

/** What is wrong with the head of a request, apart from what it asks for. */
final class RequestHead {
  private RequestHead() {}

  /**
   * Checks what the codec leaves to us.
   *
   * @throws ProblemException if nothing that follows on the connection can be trusted
   */
  static void check(HttpRequest request, int maxHeaders) throws ProblemException {
    if (request.decoderResult().isFailure()) {
      throw new ProblemException(unreadable(request.decoderResult().cause()));
    }
    HttpHeaders headers = request.headers();
    if (headers.size() > maxHeaders) {
      throw new ProblemException(
          new Problem(
              431,
              "too-many-headers",
              "header fields: " + headers.size() + " (expected: at most " + maxHeaders + ")"));
    }
    List<String> hosts = headers.getAll(HttpHeaderNames.HOST);
    boolean needsHost = request.protocolVersion().equals(HttpVersion.HTTP_1_1);
    if (hosts.size() > 1 || (needsHost && hosts.isEmpty())) {
      throw new ProblemException(
          Problem.malformed("Host: " + hosts.size() + " of them (expected: one)"));
    }
    List<String> codings = headers.getAll(HttpHeaderNames.TRANSFER_ENCODING);
    boolean plain =
        codings.size() == 1
            && HttpHeaderValues.CHUNKED.contentEqualsIgnoreCase(codings.get(0).strip());
    if (!codings.isEmpty() && (!plain || HttpUtil.isContentLengthSet(request))) {
      throw new ProblemException(
          Problem.malformed("Transfer-Encoding: " + codings + " (expected: chunked, alone)"));
    }
  }

  /** What the codec found. */
  static Problem unreadable(Throwable cause) {
    if (cause instanceof TooLongHttpHeaderException) {
      return new Problem(431, "headers-too-large", "header fields: too large (expected: 8 KiB)");
    }
    if (cause instanceof TooLongHttpLineException) {
      return new Problem(414, "target-too-long", "request line: too long (expected: 4 KiB)");
    }
    return Problem.malformed("HTTP request: unreadable (expected: HTTP/1.1)");
  }

  /** Whether a body follows. */
  static boolean hasBody(HttpRequest request) {
    return HttpUtil.isTransferEncodingChunked(request)
        || HttpUtil.getContentLength(request, 0L) > 0;
  }
}
