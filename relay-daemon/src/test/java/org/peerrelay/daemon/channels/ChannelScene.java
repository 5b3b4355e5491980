package org.peerrelay.daemon.channels;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.peerrelay.daemon.http.HttpCounters;
import org.peerrelay.daemon.http.HttpLimits;
import org.peerrelay.daemon.http.HttpScene;

/** Channels on a relay's port, and members made of bare sockets. */
final class ChannelScene implements AutoCloseable {
  private static final Pattern CONNECT =
      Pattern.compile(
          "data: \\{\"id\":\"(\\w{32})\",\"cid\":\"(\\w{32})\",\"token\":\"(\\w{32})\"}");

  /** Somebody who reads by hand; {@code head} is what came up to the first event's end. */
  record RawMember(Socket socket, String head, String id, String cid, String token)
      implements AutoCloseable {
    /** Reads the next event. */
    String event() throws IOException {
      String chunk = HttpScene.readUntil(socket, "\n\n");
      return chunk.substring(Math.max(chunk.indexOf("event: "), 0));
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  final HttpScene http;
  final SignalChannels channels;

  ChannelScene(ChannelLimits limits) throws IOException {
    HttpCounters counters = new HttpCounters();
    channels = new SignalChannels("/channels", () -> limits, new SecureRandom(), counters);
    http = new HttpScene(channels.routes(), HttpLimits.DEFAULT, counters);
  }

  /** Small numbers of everything. */
  static ChannelLimits small(long idleMs) {
    long idleNs = TimeUnit.MILLISECONDS.toNanos(idleMs);
    return new ChannelLimits(3, 2, 2, 10_240, 100_000, idleNs, TimeUnit.MILLISECONDS.toNanos(50));
  }

  String url() {
    return "http://" + http.authority() + "/channels";
  }

  RawMember create() throws IOException {
    return open("/channels", "");
  }

  RawMember join(String id) throws IOException {
    return open("/channels/" + id, "");
  }

  /** With header lines that end in CRLF. */
  RawMember open(String path, String headers) throws IOException {
    Socket socket = http.connect();
    String request = "GET " + path + " HTTP/1.1\r\nHost: x\r\n" + headers + "\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    String head = HttpScene.readUntil(socket, "}\n\n");
    Matcher connect = CONNECT.matcher(head);
    if (!connect.find()) {
      throw new AssertionError("no connect event: " + head);
    }
    return new RawMember(socket, head, connect.group(1), connect.group(2), connect.group(3));
  }

  /** Asks with no body, and returns the whole answer. */
  String ask(String method, String path, String headers) throws IOException {
    return http.exchange(
        method + " " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + headers + "\r\n");
  }

  /** Posts a body, and returns the whole answer. */
  String post(String id, String type, String body) throws IOException {
    int length = body.getBytes(StandardCharsets.UTF_8).length;
    return http.exchange(
        "POST /channels/%s HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: %s\r\n"
                .formatted(id, type)
            + "Content-Length: %d\r\n\r\n%s".formatted(length, body));
  }

  String postJson(String id, String json) throws IOException {
    return post(id, "application/json", json);
  }

  @Override
  public void close() {
    http.close();
  }
}
