package org.peerrelay.daemon.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.peerrelay.daemon.http.HttpScene.assertStatus;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.peerrelay.access.Access;
import org.peerrelay.access.AccessCallout;
import org.peerrelay.access.AccessList;
import org.peerrelay.access.AccessLists;
import org.peerrelay.access.SharedToken;
import org.peerrelay.routing.AddressBlock;
import org.peerrelay.transport.AllowedOrigins;
import org.peerrelay.transport.TrustedProxies;

/** With routes of which one is an entrance, and real sockets. */
class AccessGuardTest {
  private static final String TOKEN = "0123456789abcdef";

  @TempDir private Path folder;

  private static HttpScene scene(Access access) throws IOException {
    return scene(access, TrustedProxies.NONE);
  }

  private static HttpScene scene(Access access, TrustedProxies proxies) throws IOException {
    AccessGuard guard = new AccessGuard(access);
    Endpoint serves = (request, exchange) -> exchange.answer(Answer.text("text/plain", "in"));
    Endpoint fails =
        (request, exchange) -> {
          throw new IllegalStateException("on purpose");
        };
    return new HttpScene(
        List.of(
            guard.entrance(Route.get("/entrance", serves)),
            guard.entrance(Route.get("/fails", fails)),
            guard.inner(HttpScene.STREAM),
            guard.inner(Route.get("/inner", serves))),
        HttpLimits.DEFAULT,
        new HttpCounters(),
        proxies,
        AllowedOrigins.ALL);
  }

  private static String ask(HttpScene scene, String target, String headers) throws IOException {
    return scene.exchange(
        "GET " + target + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + headers + "\r\n");
  }

  @Test
  void anEntranceWantsTheToken() throws IOException {
    Access access = new Access(AccessLists.NONE, SharedToken.of(TOKEN), null);
    try (HttpScene scene = scene(access)) {
      String none = ask(scene, "/entrance", "");
      assertStatus(401, none);
      assertTrue(none.contains("WWW-Authenticate: Bearer realm=\"relay\"\r\n"), none);
      assertTrue(none.contains("\"reason\":\"no-access-token\""), none);
      assertStatus(401, ask(scene, "/entrance?token=" + TOKEN + "0", ""));
      assertStatus(200, ask(scene, "/entrance?token=" + TOKEN, ""));
      assertStatus(200, ask(scene, "/entrance", "Authorization: Bearer " + TOKEN + "\r\n"));
      assertStatus(200, ask(scene, "/inner", ""));
      assertEquals(2, scene.refused("no-access-token"));
    }
  }

  @Test
  void theAddressHasToBeListedWhateverIdsAre() throws Exception {
    String ids = "ab".repeat(20) + "\n192.0.2.1\n";
    AccessList allowed = AccessList.read(Files.writeString(folder.resolve("allow"), ids));
    Access access = new Access(new AccessLists(allowed, AccessList.EMPTY), null, null);
    try (HttpScene scene = scene(access)) {
      String answer = ask(scene, "/entrance", "");
      assertStatus(403, answer);
      assertTrue(answer.contains("\"detail\":\"address: "), answer);
      assertStatus(403, ask(scene, "/inner", ""));
      assertEquals(2, scene.refused("not-allowed"));
    }
  }

  @Test
  void aStreamEndsWhoseAddressIsNotListedAnyMore() throws Exception {
    try (HttpScene scene = scene(Access.open());
        Socket socket = scene.connect()) {
      socket.getOutputStream().write("GET /stream HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(US_ASCII));
      HttpScene.readUntil(socket, "data: 1\n\n");
      assertEquals(0, scene.relay().changeAccess(allowing("127.0.0.1"), null));
      assertEquals(1, scene.relay().changeAccess(allowing("192.0.2.1"), null));
      assertEquals("\r\n0\r\n\r\n", new String(socket.getInputStream().readAllBytes(), US_ASCII));
    }
  }

  private static Socket stream(HttpScene scene, String client) throws IOException {
    Socket socket = scene.connect();
    String request = "GET /stream HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: " + client + "\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(US_ASCII));
    HttpScene.readUntil(socket, "data: 1\n\n");
    return socket;
  }

  private static String rest(Socket stream) throws IOException {
    return new String(stream.getInputStream().readAllBytes(), US_ASCII);
  }

  @Test
  void aStreamEndsWhoseClientBehindAProxyIsNotListedAnyMore() throws Exception {
    TrustedProxies proxy = new TrustedProxies(List.of(AddressBlock.parse("127.0.0.1")));
    try (HttpScene scene = scene(Access.open(), proxy);
        Socket first = stream(scene, "192.0.2.1");
        Socket second = stream(scene, "192.0.2.2");
        Socket requests = scene.connect()) {
      requests.getOutputStream().write("GET /inner HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(US_ASCII));
      HttpScene.readUntil(requests, "in");
      assertEquals(1, scene.relay().changeAccess(allowing("192.0.2.1"), null));
      assertEquals("\r\n0\r\n\r\n", rest(second));
      assertEquals(1, scene.relay().changeAccess(allowing("192.0.2.2"), null));
      assertEquals("\r\n0\r\n\r\n", rest(first));
      requests.getOutputStream().write("GET /inner HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(US_ASCII));
      HttpScene.readUntil(requests, "in");
    }
  }

  @Test
  void aStreamEndsThatHasOpenedWhileTheListsChanged() throws Exception {
    Access access = Access.open();
    AccessLists others = allowing("192.0.2.1");
    Route late =
        new AccessGuard(access)
            .inner(
                Route.get(
                    "/late",
                    (request, exchange) -> {
                      access.change(others, null);
                      HttpScene.STREAM.endpoint().serve(request, exchange);
                    }));
    try (HttpScene scene = new HttpScene(List.of(late), HttpLimits.DEFAULT, new HttpCounters());
        Socket socket = scene.connect()) {
      socket.getOutputStream().write("GET /late HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(US_ASCII));
      HttpScene.readUntil(socket, "data: 1\n\n");
      assertEquals("\r\n0\r\n\r\n", rest(socket));
    }
  }

  private AccessLists allowing(String entry) throws Exception {
    AccessList allowed = AccessList.read(Files.writeString(folder.resolve("allow"), entry));
    return new AccessLists(allowed, AccessList.EMPTY);
  }

  @ParameterizedTest
  @CsvSource({"204,200,", "403,403,not-allowed", "500,503,access-unanswered"})
  void theServiceIsAskedAtAnEntrance(int said, int status, String reason) throws IOException {
    HttpServer service =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    service.createContext("/", exchange -> exchange.sendResponseHeaders(said, -1));
    service.start();
    AccessCallout callout =
        AccessCallout.at("http://127.0.0.1:" + service.getAddress().getPort() + "/");
    try (HttpScene scene = scene(new Access(AccessLists.NONE, null, callout))) {
      String answer = ask(scene, "/entrance", "");
      assertStatus(status, answer);
      assertEquals(said == 403, answer.contains("\"detail\":\"access: refused by "), answer);
      assertStatus(said == 204 ? 500 : status, ask(scene, "/fails", ""));
      assertStatus(200, ask(scene, "/inner", ""));
      assertEquals(said == 204 ? 0 : 2, scene.refused(String.valueOf(reason)));
    } finally {
      service.stop(0);
    }
  }
}
