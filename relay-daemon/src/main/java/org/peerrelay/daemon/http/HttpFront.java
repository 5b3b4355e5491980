package org.peerrelay.daemon.http;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.peerrelay.transport.AllowedOrigins;
import org.peerrelay.transport.ClientAddress;
import org.peerrelay.transport.Reading;
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
  private final AllowedOrigins origins;
  private final boolean passesOn;

  /** What came before its turn: at most what was read from the socket at once. */
  private final Queue<Object> waiting = new ArrayDeque<>();

  private final Deadline deadline;
  private State state = State.IDLE;
  private @Nullable HttpRequest head;
  private @Nullable IncomingRequest incoming;
  private Runnable onClosed = () -> {};
  private boolean keepAlive;
  private boolean passedWhole;
  private boolean taking;
  private boolean ending;

  /** The only handler of requests: what has no route is answered with 404. */
  public HttpFront(Router router, HttpLimits limits, HttpCounters counters) {
    this(router, limits, counters, AllowedOrigins.ALL);
  }

  /** The same, for the pages of {@code origins} only, and for all who are no browsers. */
  public HttpFront(
      Router router, HttpLimits limits, HttpCounters counters, AllowedOrigins origins) {
    this(router, limits, counters, origins, false);
  }

  private HttpFront(
      Router router,
      HttpLimits limits,
      HttpCounters counters,
      AllowedOrigins origins,
      boolean passesOn) {
    this.router = router;
    this.limits = limits;
    this.counters = counters;
    this.origins = origins;
    this.passesOn = passesOn;
    this.deadline = new Deadline(counters);
  }

  /** One among several: requests that have no route go on to the next handler. */
  public static HttpFront before(Router router, HttpLimits limits, HttpCounters counters) {
    return new HttpFront(router, limits, counters, AllowedOrigins.ALL, true);
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    deadline.close(ctx, limits.idleNs(), "idle-connection");
  }

  /** An upgrade has come, and others have the connection. */
  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    deadline.cancel();
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
    Reading.allow(ctx.channel(), isTurn());
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
        IncomingRequest request = Objects.requireNonNull(incoming);
        if (request.take(content)) {
          serve(ctx, request);
        }
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
    counters.countRequest();
    RequestHead.check(request, limits.maxHeaders());
    keepAlive = HttpUtil.isKeepAlive(request);
    if (!origins.admit(request.headers())) {
      throw new ProblemException(Problem.wrongOrigin());
    }
    Router.Choice chosen = router.choose(request.method(), request.uri());
    if (chosen == null) {
      if (passesOn) {
        beginPassing(ctx, request);
        return true;
      }
      throw new ProblemException(Problem.noRoute());
    }
    incoming = new IncomingRequest(request, chosen);
    if (incoming.waits()) {
      ctx.writeAndFlush(Responses.proceed());
    }
    state = State.BODY;
    deadline.close(ctx, limits.bodyNs(), "body-timeout");
    return false;
  }

  private void serve(ChannelHandlerContext ctx, IncomingRequest whole) throws ProblemException {
    HttpRequest request = whole.head();
    incoming = null;
    state = State.ANSWERING;
    Router.Choice choice = whole.choice();
    if (choice.answer() != null) {
      answer(ctx, request, choice.answer());
      return;
    }
    Endpoint endpoint = Objects.requireNonNull(choice.route()).endpoint();
    serve(endpoint, whole.whole(ctx.channel()), new OneExchange(this, ctx, request, counters));
  }

  private static void serve(Endpoint endpoint, Request request, OneExchange exchange)
      throws ProblemException {
    try {
      endpoint.serve(request, exchange);
    } catch (RuntimeException e) {
      HttpRequest head = exchange.request();
      LOG.error("{} {} failed", head.method(), Router.path(head.uri()), e);
      throw new ProblemException(Problem.internal());
    }
  }

  /** Serves the request that has been waiting for somebody else's word. */
  void serveLater(Endpoint endpoint, Request request, OneExchange exchange) {
    try {
      serve(endpoint, request, exchange);
    } catch (ProblemException e) {
      exchange.refuse(e);
    }
  }

  private void refuse(ChannelHandlerContext ctx, ProblemException refusal) {
    counters.countRefused(refusal.problem().reason());
    HttpRequest request = Objects.requireNonNull(head);
    // What follows is the rest of a body that nobody has read.
    keepAlive = keepAlive && (state == State.ANSWERING || !RequestHead.hasBody(request));
    state = State.ANSWERING;
    answer(ctx, request, refusal.answer());
  }

  /** Answers the request that is being served, or was refused. */
  void answer(ChannelHandlerContext ctx, HttpRequest request, Answer answer) {
    deadline.close(ctx, limits.answerNs(), "answer-timeout");
    ctx.writeAndFlush(Responses.of(request, answer, keepAlive, readers(request)))
        .addListener(written -> onAnswered(ctx));
  }

  /** Whose scripts may read the answer to a request; null for nobody's. */
  @Nullable String readers(HttpRequest request) {
    return origins.readers(request.headers());
  }

  /** The answer to {@code request} is a stream from now on, and nothing else is to come. */
  void onStreaming(ChannelHandlerContext ctx, HttpRequest request, Runnable closed) {
    state = State.STREAMING;
    ClientAddress.name(ctx.channel(), request.headers());
    deadline.cancel();
    counters.streamOpened();
    onClosed =
        () -> {
          counters.streamClosed();
          closed.run();
        };
  }

  private void onAnswered(ChannelHandlerContext ctx) {
    if (!ctx.channel().isActive()) {
      deadline.cancel();
      return; // the client has gone meanwhile
    }
    if (keepAlive) {
      state = State.IDLE;
      head = null;
      deadline.close(ctx, limits.idleNs(), "idle-connection");
    } else {
      state = State.CLOSING;
      deadline.close(ctx, limits.lingerNs());
      SslHandler tls = ctx.pipeline().get(SslHandler.class);
      if (tls == null) {
        endOutput(ctx);
      } else {
        // Else the client has to take the answer for one that was cut off.
        tls.closeOutbound().addListener(told -> endOutput(ctx));
      }
    }
    takeWaiting(ctx);
  }

  private static void endOutput(ChannelHandlerContext ctx) {
    if (ctx.channel() instanceof DuplexChannel half) {
      half.shutdownOutput();
    } else {
      ctx.close();
    }
  }

  private void beginPassing(ChannelHandlerContext ctx, HttpRequest request) {
    state = State.PASSING;
    passedWhole = false;
    deadline.cancel();
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
      deadline.close(ctx, limits.idleNs(), "idle-connection");
    }
    takeWaiting(ctx);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    deadline.cancel();
    waiting.forEach(ReferenceCountUtil::release);
    waiting.clear();
    Runnable closed = onClosed;
    onClosed = () -> {};
    closed.run();
    ctx.fireChannelInactive();
  }

  /**
   * The first time, when the relay goes down: what is being answered is answered, and a stream that
   * is open ends as its client expects it to, behind the events that wait. Whoever closes again has
   * waited long enough.
   */
  @Override
  public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
    boolean waits = !ending && (state == State.STREAMING || state == State.ANSWERING);
    ending = true;
    if (!waits) {
      ctx.close(promise);
      return;
    }
    ctx.channel().closeFuture().addListener(closed -> promise.trySuccess());
    keepAlive = false;
    if (state == State.STREAMING) {
      state = State.CLOSING;
      ctx.executor().execute(() -> endStream(ctx));
    }
  }

  private static void endStream(ChannelHandlerContext ctx) {
    ctx.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT).addListener(ChannelFutureListener.CLOSE);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    LOG.debug("{}: closed", ClientAddress.of(ctx.channel()), cause);
    if (cause instanceof DecoderException) {
      counters.countRefused("too-many-pipelined"); // all else it tells with the message
    }
    ctx.close();
  }
}
