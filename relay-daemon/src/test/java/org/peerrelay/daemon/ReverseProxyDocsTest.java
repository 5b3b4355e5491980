package org.peerrelay.daemon;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.peerrelay.daemon.channels.ChannelLimits;
import org.peerrelay.daemon.channels.SignalChannels;
import org.peerrelay.daemon.http.Answer;
import org.peerrelay.daemon.http.HttpCounters;
import org.peerrelay.daemon.http.HttpLimits;
import org.peerrelay.daemon.http.HttpScene;
import org.peerrelay.daemon.http.Route;
import org.peerrelay.id.PeerId;
import org.peerrelay.routing.AddressBlock;
import org.peerrelay.transport.AllowedOrigins;
import org.peerrelay.transport.LinkStatus;
import org.peerrelay.transport.TrustedProxies;

/** That the snippets of docs/operating.md for reverse proxies work, in the proxies themselves. */
class ReverseProxyDocsTest {
  private static final String PROXY = "127.0.0.1";
  private static final String CLAIM = "X-Forwarded-For: 198.51.100.66\r\n";
  private static final Pattern SEEN = Pattern.compile("client:\\[(.*?)/32]");
  private static final long DEADLINE_S = 20;
  private static final String UPGRADE =
      """
      GET / HTTP/1.1\r
      Host: 127.0.0.1\r
      Upgrade: websocket\r
      Connection: Upgrade\r
      Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
      Sec-WebSocket-Version: 13\r
      """;

  private static String snippet(ReverseProxy.Kind kind) throws IOException {
    String module = System.getProperty("basedir", System.getProperty("user.dir"));
    String page = Files.readString(Path.of(module, "..", "docs", "operating.md"));
    String language = kind.name().toLowerCase(Locale.ROOT);
    Matcher block = Pattern.compile("```" + language + "\\n(.*?)```", Pattern.DOTALL).matcher(page);
    assertTrue(block.find(), language);
    return block.group(1);
  }

  private static HttpScene relay(String trusted) throws IOException {
    List<Route> routes = new ArrayList<>();
    routes.addAll(new SignalChannels("/channels", ChannelLimits.DEFAULT).routes());
    routes.add(
        Route.get(
            "/client",
            (request, exchange) ->
                exchange.answer(Answer.text("text/plain", "client:[" + request.client() + "]"))));
    return new HttpScene(
        routes,
        HttpLimits.DEFAULT,
        new HttpCounters(),
        new TrustedProxies(List.of(AddressBlock.parse(trusted))),
        AllowedOrigins.ALL);
  }

  @ParameterizedTest
  @EnumSource
  void theRelaySeesTheClientsAndNotWhatTheyClaim(ReverseProxy.Kind kind, @TempDir Path folder)
      throws IOException {
    try (HttpScene relay = relay(PROXY);
        ReverseProxy proxy = ReverseProxy.start(kind, folder, snippet(kind), relay.authority())) {
      try (Socket stream = proxy.connect("127.0.0.2")) {
        send(stream, "GET /channels HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/event-stream\r\n");
        HttpScene.readUntil(stream, "\"token\":");
        // Over one connection to the relay, if the proxy keeps it.
        for (String client : List.of("127.0.0.2", "127.0.0.3", "127.0.0.2", "127.0.0.4")) {
          assertEquals(client, requestFrom(proxy, client));
        }
        assertEquals("127.0.0.5", linkFrom(relay, proxy, "127.0.0.5"));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"NGINX", "CADDY"})
  void aProxyThatIsNotTrustedIsTheClient(ReverseProxy.Kind kind, @TempDir Path folder)
      throws IOException {
    try (HttpScene relay = relay("127.0.0.9");
        ReverseProxy proxy = ReverseProxy.start(kind, folder, snippet(kind), relay.authority())) {
      assertEquals(PROXY, requestFrom(proxy, "127.0.0.2"));
      assertEquals(PROXY, linkFrom(relay, proxy, "127.0.0.2"));
    }
  }

  private static void send(Socket socket, String head) throws IOException {
    socket.getOutputStream().write((head + CLAIM + "\r\n").getBytes(US_ASCII));
  }

  /** Which client the relay takes a request for. */
  private static String requestFrom(ReverseProxy proxy, String client) throws IOException {
    try (Socket socket = proxy.connect(client)) {
      send(socket, "GET /client HTTP/1.1\r\nHost: 127.0.0.1\r\n");
      Matcher seen = SEEN.matcher(HttpScene.readUntil(socket, "]"));
      assertTrue(seen.find());
      return seen.group(1);
    }
  }

  /** Which host the relay takes a link for. */
  private static String linkFrom(HttpScene relay, ReverseProxy proxy, String client)
      throws IOException {
    try (Socket socket = proxy.connect(client)) {
      send(socket, UPGRADE);
      String head = HttpScene.readUntil(socket, "\r\n\r\n");
      assertTrue(head.startsWith("HTTP/1.1 101 "), head);
      PeerId id = PeerId.random(new Random(1));
      byte[] hello = ('"' + id.hex() + '"').getBytes(US_ASCII);
      // A masked text frame.
      ByteBuffer frame = ByteBuffer.allocate(6 + hello.length).put((byte) 0x81);
      frame.put((byte) (0x80 | hello.length)).putInt(0).put(hello);
      socket.getOutputStream().write(frame.array());
      return address(relay, id).replaceFirst(":\\d+$", "");
    }
  }

  private static String address(HttpScene relay, PeerId id) {
    long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_S);
    while (System.nanoTime() - endNs < 0) {
      for (LinkStatus link : relay.relay().status().links()) {
        if (link.peer().equals(id)) {
          return link.address();
        }
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
    }
    throw new AssertionError("no link with " + id);
  }
}
