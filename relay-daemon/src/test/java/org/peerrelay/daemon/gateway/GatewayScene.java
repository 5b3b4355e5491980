package org.peerrelay.daemon.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.Socket;
import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.peerrelay.daemon.http.HttpCounters;
import org.peerrelay.daemon.http.HttpLimits;
import org.peerrelay.daemon.http.HttpScene;

/** A gateway on a relay's port, whose clock stands still, and clients made of bare sockets. */
final class GatewayScene implements AutoCloseable {
  static final String JSON = "application/json";
  static final String BYTES = "application/octet-stream";

  private static final Pattern CREATED =
      Pattern.compile("\\{\"id\":\"(\\w{40})\",\"token\":\"(\\w{32})\"}");

  /** A session, as its client knows it. */
  record Account(String id, String token) {}

  /** Somebody who reads events by hand. */
  record Reader(Socket socket) implements AutoCloseable {
    /** The next event, without the chunks' sizes and without comments. */
    String event() throws IOException {
      while (true) {
        String chunk = HttpScene.readUntil(socket, "\n\n");
        int start = chunk.indexOf("event: ");
        if (start >= 0) {
          return new String(chunk.substring(start).getBytes(ISO_8859_1), UTF_8);
        }
      }
    }

    /** All that comes until the stream ends. */
    String rest() throws IOException {
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  final HttpScene http;
  final Gateway gateway;
  final AtomicLong nowNs = new AtomicLong();

  GatewayScene(GatewayLimits limits) throws IOException {
    HttpCounters counters = new HttpCounters();
    gateway = new Gateway(() -> limits, new SecureRandom(), counters, nowNs::get);
    http = new HttpScene(gateway.routes(), HttpLimits.DEFAULT, counters);
    gateway.attach(http.relay(), null);
  }

  /** Small numbers of sessions, messages and events. */
  static GatewayLimits small() {
    GatewayLimits usual = GatewayLimits.DEFAULT;
    return new GatewayLimits(
        3,
        2,
        TimeUnit.SECONDS.toNanos(10),
        5,
        3,
        usual.maxBacklogBytes(),
        TimeUnit.SECONDS.toNanos(100),
        usual.linkNs(),
        usual.answerNs(),
        usual.keepAliveNs());
  }

  void passTime(long seconds) {
    nowNs.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
  }

  Account open() throws IOException {
    String answer = ask("POST", "/sessions", "");
    Matcher created = CREATED.matcher(answer);
    if (!answer.startsWith("HTTP/1.1 201 ") || !created.find()) {
      throw new AssertionError("no session: " + answer);
    }
    return new Account(created.group(1), created.group(2));
  }

  static String authorization(Account account) {
    return "Authorization: Bearer " + account.token() + "\r\n";
  }

  /** Asks with no body, and returns the whole answer. */
  String ask(String method, String path, String headers) throws IOException {
    return http.exchange(
        method + " " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + headers + "\r\n");
  }

  /** Posts a message, and returns the whole answer. */
  String send(Account from, String to, String type, String body) throws IOException {
    return http.exchange(
        "POST /peers/%s/messages HTTP/1.1\r\nHost: x\r\nConnection: close\r\n".formatted(to)
            + authorization(from)
            + "Content-Type: %s\r\nContent-Length: %d\r\n\r\n%s"
                .formatted(type, body.getBytes(UTF_8).length, body));
  }

  Reader read(Account account, String headers) throws IOException {
    return readAt("/sessions/self/messages", authorization(account) + headers);
  }

  Reader readAt(String path, String headers) throws IOException {
    Socket socket = http.connect();
    String request = "GET " + path + " HTTP/1.1\r\nHost: x\r\n" + headers + "\r\n";
    socket.getOutputStream().write(request.getBytes(UTF_8));
    String head = HttpScene.readUntil(socket, ":\n\n");
    if (!head.startsWith("HTTP/1.1 200 ") || !head.contains("text/event-stream")) {
      throw new AssertionError("no stream: " + head);
    }
    return new Reader(socket);
  }

  @Override
  public void close() {
    http.close();
    gateway.close();
  }
}
