package org.peerrelay.daemon.channels;

import io.netty.channel.ChannelHandler;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.peerrelay.daemon.http.Answer;
import org.peerrelay.daemon.http.EventStream;
import org.peerrelay.daemon.http.Exchange;
import org.peerrelay.daemon.http.HttpCounters;
import org.peerrelay.daemon.http.HttpFront;
import org.peerrelay.daemon.http.HttpLimits;
import org.peerrelay.daemon.http.ProblemException;
import org.peerrelay.daemon.http.Request;
import org.peerrelay.daemon.http.Route;
import org.peerrelay.daemon.http.Router;
import org.peerrelay.daemon.http.Token;

/**
 * Channels in which scripts find each other: who makes one gets an event stream, others join it,
 * and what one posts all of them are sent. Any number of connections and threads; one lock guards
 * the state, under which nothing is written, only queued.
 *
 * <p>In a Netty server of your own, {@link #handler} goes behind the HTTP codec:
 *
 * <pre>{@code
 * SignalChannels channels = new SignalChannels("/channels", ChannelLimits.DEFAULT);
 * pipeline.addLast(new HttpServerCodec(), channels.handler(), new YourHandler());
 * }</pre>
 */
public final class SignalChannels {
  private static final String EVENT_STREAM = "text/event-stream";

  private final String base;
  private final Supplier<ChannelLimits> limits;
  private final HttpCounters counters;
  private final Channels<EventStream> channels;

  /** Channels at the path {@code base}, with counters of their own. */
  public SignalChannels(String base, ChannelLimits limits) {
    this(base, () -> limits, new SecureRandom(), new HttpCounters());
  }

  /**
   * Channels at the path {@code base}.
   *
   * @param limits are asked for anew each time, so that they can be replaced: what is there already
   *     stays. The size of a signal is that of the first
   * @param random draws ids and tokens
   * @param counters counts what is refused, and who is cut off
   */
  public SignalChannels(
      String base, Supplier<ChannelLimits> limits, SecureRandom random, HttpCounters counters) {
    this.base = base;
    this.limits = limits;
    this.counters = counters;
    this.channels = new Channels<>(limits, () -> Token.draw(random));
  }

  /** A new handler for one connection; requests elsewhere go on to the next handler. */
  public ChannelHandler handler() {
    return HttpFront.before(new Router(routes()), HttpLimits.DEFAULT, counters);
  }

  /** What was refused and cut off so far. */
  public HttpCounters counters() {
    return counters;
  }

  /** How many channels there are. */
  public int size() {
    synchronized (channels) {
      return channels.size();
    }
  }

  /** The routes, for a router of several features. */
  public List<Route> routes() {
    String one = base + "/{id}";
    return List.of(
        Route.get(base, this::create),
        Route.get(one, this::join),
        new Route(HttpMethod.POST, one, limits.get().maxBodyBytes(), this::signal));
  }

  private void create(Request request, Exchange exchange) throws ProblemException {
    if (answersHead(request, exchange)) {
      return;
    }
    // To an EventSource every status but 200 is a failure; it tells itself by asking for no cache.
    boolean eventSource =
        request.names(EVENT_STREAM)
            && request
                .headers()
                .containsValue(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_CACHE, true);
    open(
        request,
        exchange,
        eventSource ? 200 : 201,
        stream -> channels.create(request.client(), stream, System.nanoTime()));
  }

  private void join(Request request, Exchange exchange) throws ProblemException {
    String id = request.variable("id");
    if (request.isHead()) {
      synchronized (channels) {
        channels.check(id);
      }
    }
    if (!answersHead(request, exchange)) {
      open(request, exchange, 200, stream -> channels.join(id, stream, System.nanoTime()));
    }
  }

  /** Asking for the head alone makes no channel, and joins none. */
  private static boolean answersHead(Request request, Exchange exchange) throws ProblemException {
    if (request.quality(EVENT_STREAM) <= 0) {
      throw ChannelRefusal.NOT_ACCEPTABLE.exception();
    }
    if (request.isHead()) {
      exchange.answer(
          Answer.empty(
              200,
              Map.of(
                  "Content-Type", EVENT_STREAM + "; charset=utf-8", "Cache-Control", "no-cache")));
    }
    return request.isHead();
  }

  /** How a stream becomes a member. */
  private interface Entry {
    Member<EventStream> enter(EventStream stream) throws ProblemException;
  }

  private void open(Request request, Exchange exchange, int status, Entry entry)
      throws ProblemException {
    AtomicReference<@Nullable Member<EventStream>> entered = new AtomicReference<>();
    EventStream stream =
        exchange.stream(
            limits.get().maxPendingBytes(),
            () -> {
              Member<EventStream> member = entered.get();
              if (member != null) {
                leave(member);
              }
            });
    Member<EventStream> member;
    synchronized (channels) {
      member = entry.enter(stream);
      entered.set(member);
      stream.open(status);
      stream.send(SignalEvent.connect(member));
      tellOwner(member, SignalEvent.join(member));
    }
    boolean wantsComments = request.names(EVENT_STREAM);
    if (wantsComments || member.owner()) {
      stream.every(limits.get().keepAliveNs(), () -> tend(member, wantsComments));
    }
  }

  private void tend(Member<EventStream> member, boolean wantsComments) {
    boolean idle;
    synchronized (channels) {
      idle = member.owner() && channels.isIdle(member, System.nanoTime());
    }
    if (idle) {
      counters.countRefused("idle-channel");
      leave(member);
      member.stream().end();
    } else if (wantsComments) {
      member.stream().send(SignalEvent.KEEP_ALIVE);
    }
  }

  private void leave(Member<EventStream> member) {
    synchronized (channels) {
      tellOwner(member, SignalEvent.leave(member));
      channels.leave(member).forEach(EventStream::end);
    }
  }

  /** Nobody is told of himself. */
  private void tellOwner(Member<EventStream> of, byte[] event) {
    Member<EventStream> owner = channels.owner(of.id());
    if (owner != null && !of.owner()) {
      owner.stream().send(event);
    }
  }

  private void signal(Request request, Exchange exchange) throws ProblemException {
    String id = request.variable("id");
    synchronized (channels) {
      channels.check(id);
    }
    SignalBody signal =
        SignalBody.read(request.headers().get(HttpHeaderNames.CONTENT_TYPE), request.body());
    byte[] event = SignalEvent.signal(String.valueOf(signal.data()));
    // Under the lock, so that all members see all signals in one order.
    synchronized (channels) {
      channels.signal(signal, id, System.nanoTime()).forEach(stream -> stream.send(event));
    }
    exchange.answer(Answer.empty(200));
  }
}
