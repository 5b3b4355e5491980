package org.peerrelay.daemon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Iterator;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How {@code relay serve} ends. */
class DrainTest {
  private static final Pattern LISTENING = Pattern.compile("listening on ws://(127.0.0.1:\\d+) .*");
  private static final Pattern TOKEN = Pattern.compile(".*\"token\":\"([^\"]+)\".*");

  private static final Pattern FORWARDED =
      Pattern.compile("\nrelay_datagrams_forwarded_total ([0-9.E]+)\n");

  private final HttpClient http = HttpClient.newHttpClient();

  private static RelayProcess serve(String... more) {
    Stream<String> first = Stream.of("serve", "-p0", "--host=127.0.0.1", "--identity=none");
    return RelayProcess.start(Stream.concat(first, Stream.of(more)).toArray(String[]::new));
  }

  private static String authority(RelayProcess serve) {
    String line = serve.out().next();
    Matcher listening = LISTENING.matcher(line);
    assertTrue(listening.matches(), line);
    return listening.group(1);
  }

  private HttpResponse<Stream<String>> open(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return http.send(request.header("Accept", "text/event-stream").build(), BodyHandlers.ofLines());
  }

  /** Waits until nobody is taken any more: the relay has begun to end. */
  private static void awaitRefused(String authority) throws IOException {
    int port = URI.create("ws://" + authority).getPort();
    while (true) {
      try (Socket taken = new Socket(InetAddress.getLoopbackAddress(), port)) {
        LockSupport.parkNanos(taken.isConnected() ? 1_000_000 : 0);
      } catch (ConnectException refused) {
        return;
      }
    }
  }

  @Test
  void streamsAndSessionsEndAsTheirClientsExpect() throws Exception {
    try (RelayProcess serve = serve()) {
      String base = "http://" + authority(serve);
      HttpRequest.Builder create = HttpRequest.newBuilder(URI.create(base + "/sessions"));
      String session =
          http.send(create.POST(BodyPublishers.noBody()).build(), BodyHandlers.ofString()).body();
      Matcher token = TOKEN.matcher(session);
      assertTrue(token.matches(), session);
      Iterator<String> messages =
          open(HttpRequest.newBuilder(URI.create(base + "/sessions/self/messages"))
                  .header("Authorization", "Bearer " + token.group(1)))
              .body()
              .iterator();
      Iterator<String> channel =
          open(HttpRequest.newBuilder(URI.create(base + "/channels"))).body().iterator();
      assertTrue(messages.hasNext());
      assertTrue(channel.hasNext());
      serve.terminate();
      // A stream that is cut would throw.
      messages.forEachRemaining(line -> {});
      channel.forEachRemaining(line -> {});
      assertEquals(0, serve.exitStatus());
      assertEquals("", serve.err().rest());
    }
  }

  @Test
  void aPeerThatKnowsNoOtherRelayIsServedForAMomentAndThenTheRelayEnds() throws Exception {
    try (RelayProcess serve = serve()) {
      String authority = authority(serve);
      try (RelayProcess listen = RelayProcess.start("listen", "ws://" + authority)) {
        assertEquals("peer " + listen.out().next(), serve.out().next());
        serve.terminate();
        assertEquals(0, serve.exitStatus());
        assertEquals("", serve.out().rest());
      }
    }
  }

  @Test
  void underFullLoadItIsUnreadyFirstAndEndsWithoutAWord() throws Exception {
    try (RelayProcess serve = serve("--admin-port", "0")) {
      String authority = authority(serve);
      String admin = serve.err().next().replace("relay: admin listener on ", "");
      try (RelayProcess load = bench("ws://" + authority)) {
        while (forwarded(admin) < 20_000) {
          Thread.onSpinWait();
        }
        serve.terminate();
        while (get(admin + "/health/ready").statusCode() == 200) {
          Thread.onSpinWait();
        }
        assertEquals(0, serve.exitStatus());
        assertEquals("", serve.err().rest());
        load.terminate();
      }
    }
  }

  private static RelayProcess bench(String url) {
    return RelayProcess.start("bench", "--flat-out", "--clients=50", "--seconds=60", url);
  }

  private HttpResponse<String> get(String url) throws IOException, InterruptedException {
    return http.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString());
  }

  private double forwarded(String admin) throws IOException, InterruptedException {
    Matcher sent = FORWARDED.matcher(get(admin + "/metrics").body());
    return sent.find() ? Double.parseDouble(sent.group(1)) : 0;
  }

  @Test
  void aSecondSignalEndsItAtOnce() throws Exception {
    try (RelayProcess serve = serve("--drain-timeout", "60")) {
      String authority = authority(serve);
      try (RelayProcess listen = RelayProcess.start("listen", "ws://" + authority)) {
        assertEquals("peer " + listen.out().next(), serve.out().next());
        // So that it does not leave before the second signal.
        listen.signal("STOP");
        serve.terminate();
        awaitRefused(authority);
        serve.terminate();
        assertEquals(128 + 15, serve.exitStatus());
      }
    }
  }

  @Test
  void afterTheTimeoutItEndsWhateverIsLeft() throws Exception {
    try (RelayProcess serve = serve("--drain-timeout", "1")) {
      String authority = authority(serve);
      try (RelayProcess listen = RelayProcess.start("listen", "ws://" + authority)) {
        assertEquals("peer " + listen.out().next(), serve.out().next());
        listen.signal("STOP");
        long toldNs = System.nanoTime();
        serve.terminate();
        assertEquals(0, serve.exitStatus());
        long tookMs = (System.nanoTime() - toldNs) / 1_000_000;
        assertTrue(tookMs < 2_900, () -> tookMs + " ms: as long as without the option");
      }
    }
  }
}
