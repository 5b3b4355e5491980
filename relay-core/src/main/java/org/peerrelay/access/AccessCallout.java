package org.peerrelay.access;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.peerrelay.id.PeerId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A service of the operator's that is asked by HTTP who may come: 200 and 204 are yes, 403 is no.
 * It fails closed: nobody comes in on any other answer, or on none. Any thread, none of which
 * waits.
 */
public final class AccessCallout {
  /** A peer waits for so long at most, within the time that its handshake may take. */
  public static final long DEADLINE_S = 2;

  /**
   * As many questions are under way at once; each has a connection of its own. At 20 ms an answer
   * this is enough for 12,000 newcomers a second.
   */
  public static final int MAX_PENDING = 256;

  /**
   * As many of them are about one address, so that nobody takes all. At 20 ms an answer this is
   * enough for 800 newcomers a second.
   */
  public static final int MAX_PENDING_PER_ADDRESS = 16;

  /** So often at most the log tells that nobody comes in, however many try. */
  private static final long WARN_NS = TimeUnit.SECONDS.toNanos(10);

  private static final Logger LOG = LoggerFactory.getLogger(AccessCallout.class);
  private static final JsonFactory JSON = new JsonFactory();
  private static final Pattern MAX_AGE = Pattern.compile("(?i)(?:^|[,\\s])max-age=(\\d{1,9})");

  private final URI url;

  /** The URL as it may be told: who knows the rest of it may know a secret. */
  private final String told;

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final KnownAnswers known = new KnownAnswers();
  private final PendingQuestions pending = new PendingQuestions();
  private final AtomicLong warnNs = new AtomicLong(System.nanoTime());

  private AccessCallout(URI url) {
    this.url = url;
    this.told = url.getScheme() + "://" + url.getRawAuthority() + url.getRawPath();
  }

  /**
   * The service at {@code url}.
   *
   * @throws IllegalArgumentException with one clear line if that is no URL of the scheme http or
   *     https
   */
  public static AccessCallout at(String url) {
    return new AccessCallout(check(url));
  }

  /**
   * The URL of a service, which can be asked.
   *
   * @throws IllegalArgumentException as {@link #at}
   */
  public static URI check(String url) {
    try {
      URI uri = URI.create(url);
      boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      if (http && uri.getHost() != null && uri.getRawUserInfo() == null) {
        return uri;
      }
    } catch (IllegalArgumentException noUrl) {
      // Told below.
    }
    throw new IllegalArgumentException(
        "'"
            + PrintableUrl.of(url)
            + "' (expected: http://HOST:PORT/PATH or https://HOST:PORT/PATH, without a user)");
  }

  /**
   * Asks about somebody. The answer comes within {@link #DEADLINE_S}, on any thread; it never
   * fails.
   */
  CompletableFuture<AccessVerdict> ask(Newcomer who) {
    byte[] question = json(who);
    byte[] digest = SharedToken.digest(question);
    AccessVerdict before = known.get(digest, System.nanoTime());
    if (before != null) {
      return CompletableFuture.completedFuture(before);
    }
    if (!pending.begin(who.address())) {
      warn("too many questions wait, of one address or in all", "faster answers");
      return CompletableFuture.completedFuture(AccessVerdict.UNANSWERED);
    }
    CompletableFuture<HttpResponse<Void>> asked = send(question);
    CompletableFuture<HttpResponse<Void>> answered = new CompletableFuture<>();
    asked.whenComplete(
        (response, failure) -> {
          if (failure == null) {
            answered.complete(response);
          } else {
            answered.completeExceptionally(failure);
          }
        });
    return answered
        .orTimeout(DEADLINE_S, TimeUnit.SECONDS)
        .handle(
            (response, failure) -> {
              pending.end(who.address());
              if (failure != null) {
                asked.cancel(true); // else a body without end goes on
                warn(why(failure), "an answer in " + DEADLINE_S + " s");
                return AccessVerdict.UNANSWERED;
              }
              return verdict(digest, response);
            });
  }

  private CompletableFuture<HttpResponse<Void>> send(byte[] question) {
    try {
      return client.sendAsync(request(question), BodyHandlers.discarding());
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private void warn(String what, String expected) {
    long nowNs = System.nanoTime();
    long dueNs = warnNs.get();
    if (nowNs - dueNs >= 0 && warnNs.compareAndSet(dueNs, nowNs + WARN_NS)) {
      LOG.warn("{}: {}; nobody comes in (expected: {})", told, what, expected);
    }
  }

  private static String why(Throwable failure) {
    Throwable cause = failure.getCause();
    return String.valueOf(
        failure instanceof CompletionException && cause != null ? cause : failure);
  }

  private HttpRequest request(byte[] question) {
    return HttpRequest.newBuilder(url)
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofByteArray(question))
        .build();
  }

  private AccessVerdict verdict(byte[] digest, HttpResponse<Void> response) {
    AccessVerdict verdict =
        switch (response.statusCode()) {
          case 200, 204 -> AccessVerdict.YES;
          case 403 -> AccessVerdict.NO;
          default -> AccessVerdict.UNANSWERED;
        };
    if (verdict == AccessVerdict.UNANSWERED) {
      warn("status " + response.statusCode(), "200, 204 or 403");
    } else {
      String caching = String.join(",", response.headers().allValues("Cache-Control"));
      known.put(digest, verdict, maxAgeS(caching), System.nanoTime());
    }
    return verdict;
  }

  /** How long an answer with these words in {@code Cache-Control} may be kept. */
  static long maxAgeS(String caching) {
    Matcher maxAge = MAX_AGE.matcher(caching);
    return maxAge.find() ? Long.parseLong(maxAge.group(1)) : 0;
  }

  /** The question about {@code who}. What is not known of it is left out. */
  static byte[] json(Newcomer who) {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      PeerId id = who.id();
      InetAddress address = who.address();
      write(json, "id", id == null ? null : id.hex());
      write(json, "address", address == null ? null : address.getHostAddress());
      json.writeBooleanField("legacy", who.legacy());
      json.writeBooleanField("relay", who.relay());
      write(json, "token", who.token());
      json.writeEndObject();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return text.toByteArray();
  }

  private static void write(JsonGenerator json, String name, @Nullable String value)
      throws IOException {
    if (value != null) {
      json.writeStringField(name, value);
    }
  }
}
