package org.peerrelay.daemon.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One HTTP connection: reads requests within bounds, has the router's endpoints serve them, and
 * writes the answers. It stands behind Netty's HTTP codec. Requests that come before their turn
 * wait, and until the answer to the one before is written nothing more is read; after an event
 * stream nothing may come at all.
 *
 * <p>In a pipeline of one's own, requests that the router has no route for can be passed on to the
 * handlers behind. All state belongs to the connection's event loop.
 */
public final class HttpFront extends ChannelDuplexHandler {
  private static final Logger LOG = LoggerFactory.getLogger(HttpFront.class);

  private enum State {
    /** The next request may come. */
    IDLE,
    /** A request's body is coming. */
    BODY,
    /** An answer is being made or written. */
    ANSWERING,
    /** The answer is a stream. */
    STREAMING,
    /** The handlers behind answer. */
    PASSING,
    /** The last answer is written, and whatever comes is of no interest. */
    CLOSING
  }

  private final Router router;
  private final HttpLimits limits;
  private final HttpCounters counters;
  private final boolean passesOn;

  /** What came before its turn: at most what was read from the socket at once. */
  private final Queue<Object> waiting = new ArrayDeque<>();

  private final ByteArrayOutputStream body = new ByteArrayOutputStream(0);
  private State state = State.IDLE;
  private Router.@Nullable Choice choice;
  private @Nullable HttpRequest head;
  private @Nullable Future<?> deadline;
  private Runnable onClosed = () -> {};
  private boolean keepAlive;
  private boolean passedWhole;
  private boolean taking;

  /** The only handler of requests: what has no route is answered with 404. */
  public HttpFront(Router router, HttpLimits limits, HttpCounters counters) {
    this(router, limits, counters, false);
  }

  private HttpFront(Router router, HttpLimits limits, HttpCounters counters, boolean passesOn) {
    this.router = router;
    this.limits = limits;
    this.counters = counters;
    this.passesOn = passesOn;
  }

  /** One among several: requests that have no route go on to the next handler. */
  public static HttpFront before(Router router, HttpLimits limits, HttpCounters counters) {
    return new HttpFront(router, limits, counters, true);
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    expire(ctx, limits.idleNs(), "idle-connection");
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    waiting.add(message);
    takeWaiting(ctx);
  }

  /** Takes messages while it is their turn, and has more read if it still is. */
  private void takeWaiting(ChannelHandlerContext ctx) {
    if (taking) {
      return; // an answer that was written at once: the loop below goes on
    }
    taking = true;
    try {
      while (isTurn() && !waiting.isEmpty()) {
        take(ctx, waiting.remove());
      }
    } finally {
      taking = false;
    }
    ctx.channel().config().setAutoRead(isTurn());
  }

  private boolean isTurn() {
    return state != State.ANSWERING && !(state == State.PASSING && passedWhole);
  }

  private void take(ChannelHandlerContext ctx, Object message) {
    if (state == State.PASSING) {
      pass(ctx, message);
      return;
    }
    boolean passed = false;
    try {
      if (message instanceof HttpObject part) {
        passed = onPart(ctx, part);
      }
    } finally {
      if (!passed) {
        ReferenceCountUtil.release(message);
      }
    }
  }

  /** Takes the next part of a request; tells whether the handlers behind have got it instead. */
  private boolean onPart(ChannelHandlerContext ctx, HttpObject part) {
    try {
      if (state == State.IDLE && part instanceof HttpRequest request && begin(ctx, request)) {
        return true;
      }
      if (state == State.BODY && part instanceof HttpContent content) {
        collect(ctx, content);
      } else if (state == State.STREAMING && part instanceof HttpRequest) {
        counters.countRefused("request-after-stream");
        state = State.CLOSING;
        // Behind the events that wait to be written.
        ctx.executor().execute(() -> endStream(ctx));
      }
    } catch (ProblemException e) {
      refuse(ctx, e);
    }
    return false;
  }

  /** Reads a request's head; tells whether it is for the handlers behind. */
  private boolean begin(ChannelHandlerContext ctx, HttpRequest request) throws ProblemException {
    head = request;
    keepAlive = false;
    RequestHead.check(request, limits.maxHeaders());
    keepAlive = HttpUtil.isKeepAlive(request);
    Router.Choice chosen = router.choose(request.method(), request.uri());
    if (chosen == null) {
      if (passesOn) {
        beginPassing(ctx, request);
        return true;
      }
      throw new ProblemException(
          new Problem(404, "no-route", "path: nothing here (expected: a path of this server)"));
    }
    choice = chosen;
    int maxBytes = chosen.route() == null ? 0 : chosen.route().maxBodyBytes();
    if (HttpUtil.getContentLength(request, 0L) > maxBytes) {
      throw new ProblemException(Problem.bodyTooLarge(maxBytes));
    }
    String expected = request.headers().get(HttpHeaderNames.EXPECT);
    if (expected != null && !HttpHeaderValues.CONTINUE.contentEqualsIgnoreCase(expected)) {
      throw new ProblemException(
          new Problem(417, "expectation", "Expect: unknown (expected: 100-continue)"));
    }
    if (expected != null && RequestHead.hasBody(request)) {
      ctx.writeAndFlush(
          new DefaultFullHttpResponse(
              HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER));
    }
    body.reset();
    state = State.BODY;
    expire(ctx, limits.bodyNs(), "body-timeout");
    return false;
  }

  private void collect(ChannelHandlerContext ctx, HttpContent content) throws ProblemException {
    Router.Choice chosen = Objects.requireNonNull(choice);
    if (content.decoderResult().isFailure()) {
      throw new ProblemException(RequestHead.unreadable(content.decoderResult().cause()));
    }
    ByteBuf bytes = content.content();
    int maxBytes = chosen.route() == null ? 0 : chosen.route().maxBodyBytes();
    if (bytes.readableBytes() > maxBytes - body.size()) {
      throw new ProblemException(Problem.bodyTooLarge(maxBytes));
    }
    byte[] part = new byte[bytes.readableBytes()];
    bytes.readBytes(part);
    body.writeBytes(part);
    if (content instanceof LastHttpContent) {
      serve(ctx, chosen);
    }
  }

  private void serve(ChannelHandlerContext ctx, Router.Choice chosen) throws ProblemException {
    HttpRequest request = Objects.requireNonNull(head);
    state = State.ANSWERING;
    if (chosen.answer() != null) {
      answer(ctx, request, chosen.answer());
      return;
    }
    Endpoint endpoint = Objects.requireNonNull(chosen.route()).endpoint();
    try {
      endpoint.serve(
          new Request(
              request.method(),
              request.headers(),
              chosen.variables(),
              body.toByteArray(),
              address(ctx)),
          new OneExchange(ctx, request));
    } catch (RuntimeException e) {
      LOG.error("{} {} failed", request.method(), request.uri(), e);
      throw new ProblemException(
          new Problem(500, "internal", "the server failed; its log says how"));
    }
  }

  private static @Nullable InetAddress address(ChannelHandlerContext ctx) {
    return ctx.channel().remoteAddress() instanceof InetSocketAddress address
        ? address.getAddress()
        : null;
  }

  private void refuse(ChannelHandlerContext ctx, ProblemException refusal) {
    counters.countRefused(refusal.problem().reason());
    HttpRequest request = Objects.requireNonNull(head);
    // What follows is the rest of a body that nobody has read.
    keepAlive = keepAlive && (state == State.ANSWERING || !RequestHead.hasBody(request));
    state = State.ANSWERING;
    answer(ctx, request, refusal.answer());
  }

  private void answer(ChannelHandlerContext ctx, HttpRequest request, Answer answer) {
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            HttpResponseStatus.valueOf(answer.status()),
            request.method().equals(HttpMethod.HEAD)
                ? Unpooled.EMPTY_BUFFER
                : Unpooled.wrappedBuffer(answer.body()));
    answer.headers().forEach(response.headers()::set);
    if (answer.status() != HttpResponseStatus.NO_CONTENT.code()) {
      response.headers().set(HttpHeaderNames.CONTENT_LENGTH, answer.body().length);
    }
    if (!answer.contentType().isEmpty()) {
      response.headers().set(HttpHeaderNames.CONTENT_TYPE, answer.contentType());
    }
    addCommon(response);
    HttpUtil.setKeepAlive(response.headers(), request.protocolVersion(), keepAlive);
    expire(ctx, limits.answerNs(), "answer-timeout");
    ctx.writeAndFlush(response).addListener(written -> onAnswered(ctx));
  }

  /** What every response has: any site's scripts may read it, and nobody guesses its type. */
  static void addCommon(HttpResponse response) {
    response
        .headers()
        .set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, "*")
        .set("X-Content-Type-Options", "nosniff");
  }

  private void onAnswered(ChannelHandlerContext ctx) {
    if (keepAlive) {
      state = State.IDLE;
      head = null;
      expire(ctx, limits.idleNs(), "idle-connection");
    } else {
      state = State.CLOSING;
      deadline(ctx, limits.lingerNs(), ctx::close);
      if (ctx.channel() instanceof DuplexChannel half) {
        half.shutdownOutput();
      } else {
        ctx.close();
      }
    }
    takeWaiting(ctx);
  }

  private void beginPassing(ChannelHandlerContext ctx, HttpRequest request) {
    state = State.PASSING;
    passedWhole = false;
    deadline(ctx, 0, null);
    pass(ctx, request);
  }

  private void pass(ChannelHandlerContext ctx, Object message) {
    passedWhole = message instanceof LastHttpContent;
    ctx.fireChannelRead(message);
  }

  /** The handlers behind answer what was passed to them. */
  @Override
  public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
    if (state == State.PASSING && message instanceof LastHttpContent) {
      ctx.write(message, promise.unvoid()).addListener(written -> onPassed(ctx));
    } else {
      ctx.write(message, promise);
    }
  }

  private void onPassed(ChannelHandlerContext ctx) {
    state = passedWhole ? State.IDLE : State.CLOSING;
    if (state == State.CLOSING) {
      ctx.close();
    } else {
      expire(ctx, limits.idleNs(), "idle-connection");
    }
    takeWaiting(ctx);
  }

  private void expire(ChannelHandlerContext ctx, long afterNs, String reason) {
    deadline(
        ctx,
        afterNs,
        () -> {
          counters.countRefused(reason);
          ctx.close();
        });
  }

  private void deadline(ChannelHandlerContext ctx, long afterNs, @Nullable Runnable task) {
    if (deadline != null) {
      deadline.cancel(false);
    }
    deadline = task == null ? null : ctx.executor().schedule(task, afterNs, TimeUnit.NANOSECONDS);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    deadline(ctx, 0, null);
    waiting.forEach(ReferenceCountUtil::release);
    waiting.clear();
    Runnable closed = onClosed;
    onClosed = () -> {};
    closed.run();
    ctx.fireChannelInactive();
  }

  /** A stream that is open ends as its client expects it to. */
  @Override
  public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
    if (state == State.STREAMING) {
      ctx.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT);
    }
    ctx.close(promise);
  }

  private static void endStream(ChannelHandlerContext ctx) {
    ctx.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT).addListener(ChannelFutureListener.CLOSE);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    LOG.debug("{}: closed", ctx.channel().remoteAddress(), cause);
    if (cause instanceof DecoderException) {
      counters.countRefused("too-many-pipelined"); // all else it tells with the message
    }
    ctx.close();
  }

  /** Bound to one request. */
  private final class OneExchange implements Exchange {
    private final ChannelHandlerContext ctx;
    private final HttpRequest request;

    OneExchange(ChannelHandlerContext ctx, HttpRequest request) {
      this.ctx = ctx;
      this.request = request;
    }

    @Override
    public void answer(Answer answer) {
      if (ctx.executor().inEventLoop()) {
        HttpFront.this.answer(ctx, request, answer);
      } else {
        ctx.executor().execute(() -> HttpFront.this.answer(ctx, request, answer));
      }
    }

    @Override
    public EventStream stream(int maxPendingBytes, Runnable closed) {
      return new EventStream(
          ctx,
          request.protocolVersion(),
          maxPendingBytes,
          counters,
          () -> {
            state = State.STREAMING;
            deadline(ctx, 0, null);
            onClosed = closed;
          });
    }
  }
}
