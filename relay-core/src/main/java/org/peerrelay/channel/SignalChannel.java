package org.peerrelay.channel;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A member of a signalling channel on an HTTP server: it hears what members say to everybody or to
 * it, and says things itself. Who creates the channel owns it; when the owner goes it ends.
 *
 * <p>What is sent before the channel is open waits for that. A member lives as long as its
 * connection: one that comes back has another {@code cid} and token, and an owner that comes back
 * another channel, so nothing reconnects by itself. Any thread may call any method; none blocks.
 */
public final class SignalChannel implements AutoCloseable {
  /** What may wait to be sent, so that a server that is slow takes no memory without end. */
  public static final int MAX_WAITING_BYTES = 1_024 * 1_024;

  private static final Logger LOG = LoggerFactory.getLogger(SignalChannel.class);
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final HttpClient HTTP = client().build();

  /** What is to be posted once those before it are. */
  private record Write(@Nullable String cid, String json, CompletableFuture<Void> done) {
    int bytes() {
      return json.length();
    }
  }

  private static final Pattern ACCESS_TOKEN = Pattern.compile("\\?token=([A-Za-z0-9._~-]+)$");

  private final String base;
  private final @Nullable String accessToken;
  private final boolean creates;
  private final Events events = new Events();
  private final Queue<Write> waiting = new ArrayDeque<>();
  private SignalListener listener = new SignalListener() {};
  private @Nullable String token;
  private URI uri;
  private int waitingBytes;
  private HttpClient http = HTTP;
  private boolean started;
  private boolean posting;
  private boolean closed;
  private @Nullable CompletableFuture<?> stream;

  private SignalChannel(String url, @Nullable String id) {
    Matcher token = ACCESS_TOKEN.matcher(url);
    boolean hasToken = token.find();
    String base = hasToken ? url.substring(0, token.start()) : url;
    this.accessToken = hasToken ? token.group(1) : null;
    this.base = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
    this.creates = id == null;
    this.uri = uri(id);
  }

  /**
   * A new channel on a server; {@link #start} makes it.
   *
   * @param url the server's base address, such as {@code http://localhost:8000/channels}; {@code
   *     ?token=TOKEN} at its end is shown to a server that asks for a token
   * @throws IllegalArgumentException if that is no URL of the scheme http or https
   */
  public static SignalChannel create(String url) {
    return new SignalChannel(url, null);
  }

  /**
   * The channel {@code id}, which somebody else has made; {@link #start} joins it.
   *
   * @throws IllegalArgumentException as {@link #create}
   */
  public static SignalChannel join(String url, String id) {
    return new SignalChannel(url, id);
  }

  private static HttpClient.Builder client() {
    return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(TIMEOUT);
  }

  /**
   * Has {@code tls} say who is believed at an {@code https://} URL, in place of the authorities
   * that Java knows. To be called before {@link #start}.
   *
   * @throws IllegalStateException if that has been called
   */
  public synchronized SignalChannel tls(SSLContext tls) {
    checkNotStarted();
    http = client().sslContext(tls).build();
    return this;
  }

  private void checkNotStarted() {
    if (started) {
      throw new IllegalStateException("channel: started already (expected: once)");
    }
  }

  private URI uri(@Nullable String id) {
    URI parsed = URI.create(id == null ? base : base + "/" + id);
    String scheme = String.valueOf(parsed.getScheme()).toLowerCase(Locale.ROOT);
    if (parsed.getHost() == null || !(scheme.equals("http") || scheme.equals("https"))) {
      throw new IllegalArgumentException(
          "URL: '" + base + "' (expected: http://HOST:PORT/channels)");
    }
    return parsed;
  }

  /**
   * Connects. The listener's last call says when it is over, or why nothing came of it.
   *
   * @throws IllegalStateException if it has been called before
   */
  public synchronized SignalChannel start(SignalListener events) {
    checkNotStarted();
    started = true;
    listener = events;
    HttpRequest.Builder request = HttpRequest.newBuilder(uri).header("Accept", "text/event-stream");
    if (accessToken != null) {
      request.header("Authorization", "Bearer " + accessToken);
    }
    CompletableFuture<HttpResponse<Void>> response =
        http.sendAsync(request.build(), streamHandler());
    stream = response;
    response.whenComplete(
        (ended, failure) -> {
          if (failure != null) {
            end(failure instanceof CompletionException ? failure.getCause() : failure);
          } else {
            end(isOk(ended) ? null : new SignalRefusedException("channel", ended.statusCode()));
          }
        });
    // The client's own timeout would also end the stream, on newer JDKs.
    CompletableFuture.delayedExecutor(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
        .execute(this::onTimeout);
    return this;
  }

  private BodyHandler<Void> streamHandler() {
    return head ->
        head.statusCode() / 100 == 2
            ? BodySubscribers.fromSubscriber(events)
            : BodySubscribers.replacing(null);
  }

  private static boolean isOk(HttpResponse<?> response) {
    return response.statusCode() / 100 == 2;
  }

  private synchronized void onTimeout() {
    if (token == null && !closed) {
      end(new HttpTimeoutException("channel: no answer in " + TIMEOUT.toSeconds() + " s"));
    }
  }

  /**
   * Sends JSON to all members, this one included.
   *
   * @return done when the server has taken it; fails with {@link SignalRefusedException} if it does
   *     not, and with {@link IllegalStateException} if too much waits already
   * @throws IllegalArgumentException if it is no JSON
   */
  public CompletableFuture<Void> send(String json) {
    return write(new Write(null, json, new CompletableFuture<>()));
  }

  /** Sends JSON to the member {@code cid}; the rest is as with {@link #send(String)}. */
  public CompletableFuture<Void> send(String cid, String json) {
    return write(new Write(cid, json, new CompletableFuture<>()));
  }

  private CompletableFuture<Void> write(Write write) {
    SignalJson.check(write.json());
    synchronized (this) {
      if (closed) {
        write.done().completeExceptionally(new IOException("channel: closed (expected: open)"));
      } else if (waitingBytes + write.bytes() > MAX_WAITING_BYTES) {
        write
            .done()
            .completeExceptionally(
                new IllegalStateException(
                    "channel: %d bytes wait already (expected: at most %d)"
                        .formatted(waitingBytes, MAX_WAITING_BYTES)));
      } else {
        waitingBytes += write.bytes();
        waiting.add(write);
        postNext();
      }
    }
    return write.done().copy();
  }

  /** One after the other, so that they arrive in their order. */
  private synchronized void postNext() {
    String proof = token;
    if (posting || proof == null) {
      return;
    }
    Write next = waiting.poll();
    if (next == null) {
      return;
    }
    posting = true;
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .header("Content-Type", "application/json")
            .timeout(TIMEOUT)
            .POST(BodyPublishers.ofString(SignalJson.body(proof, next.cid(), next.json())))
            .build();
    http.sendAsync(request, BodyHandlers.discarding())
        .whenComplete((response, failure) -> onPosted(next, response, failure));
  }

  private void onPosted(Write write, @Nullable HttpResponse<Void> response, Throwable failure) {
    synchronized (this) {
      posting = false;
      waitingBytes -= write.bytes();
    }
    if (response == null) {
      write.done().completeExceptionally(failure);
    } else if (isOk(response)) {
      write.done().complete(null);
    } else {
      write
          .done()
          .completeExceptionally(new SignalRefusedException("signal", response.statusCode()));
    }
    postNext();
  }

  private void onEvent(String event, String data) {
    try {
      switch (event) {
        case "connect" -> onConnect(SignalJson.texts(data));
        case "signal" -> listener.onSignal(data);
        case "join" -> listener.onJoin(text(SignalJson.texts(data), "cid"));
        case "leave" -> listener.onLeave(text(SignalJson.texts(data), "cid"));
        default -> LOG.debug("{}: unknown event {}", uri, event);
      }
    } catch (IOException e) {
      end(e);
    } catch (RuntimeException e) {
      LOG.error("a listener failed", e);
    }
  }

  private void onConnect(Map<String, String> who) throws IOException {
    String id = text(who, "id");
    String proof = text(who, "token");
    synchronized (this) {
      if (creates) {
        uri = uri(id);
      }
      token = proof;
    }
    listener.onConnect(id, text(who, "cid"), proof);
    postNext();
  }

  private static String text(Map<String, String> texts, String name) throws IOException {
    String text = texts.get(name);
    if (text == null) {
      throw new IOException("event: no " + name + " (expected: its text)");
    }
    return text;
  }

  /** Leaves the channel, which ends it if this end owns it. Idempotent. */
  @Override
  public void close() {
    end(null);
  }

  private void end(@Nullable Throwable failure) {
    List<Write> lost;
    CompletableFuture<?> open;
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      lost = List.copyOf(waiting);
      waiting.clear();
      open = stream;
    }
    events.cancel();
    if (open != null) {
      open.cancel(true);
    }
    IOException gone = new ConnectException("channel: closed before this was sent");
    lost.forEach(write -> write.done().completeExceptionally(gone));
    try {
      listener.onClose(failure);
    } catch (RuntimeException e) {
      LOG.error("a listener failed", e);
    }
  }

  /** The body of the stream. */
  private final class Events implements Flow.Subscriber<List<ByteBuffer>> {
    private final EventParser parser = new EventParser(SignalChannel.this::onEvent);
    private volatile Flow.@Nullable Subscription subscription;

    @Override
    public void onSubscribe(Flow.Subscription begun) {
      subscription = begun;
      begun.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
      try {
        for (ByteBuffer buffer : buffers) {
          parser.feed(buffer);
        }
      } catch (IOException e) {
        end(e);
      }
    }

    @Override
    public void onError(Throwable failure) {
      end(failure);
    }

    @Override
    public void onComplete() {
      end(null);
    }

    void cancel() {
      Flow.Subscription open = subscription;
      if (open != null) {
        open.cancel();
      }
    }
  }
}
