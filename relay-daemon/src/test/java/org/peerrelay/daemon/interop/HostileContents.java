package org.peerrelay.daemon.interop;

import static org.peerrelay.daemon.interop.DatagramText.buffer;
import static org.peerrelay.daemon.interop.DatagramText.nested;
import static org.peerrelay.daemon.interop.DatagramText.quoted;
import static org.peerrelay.daemon.interop.DatagramText.times;

import java.util.List;
import java.util.stream.Stream;

/** Sound datagrams with contents that no npm peer expects, and what it expects from nobody. */
final class HostileContents {
  private static final String ID = "0123456789abcdef0123456789abcdef01234567";
  private static final int MOST_IDS = 20;
  private static final int DEEPEST = 400;

  /** Contents of the wrong shape for any control message. */
  private static final List<String> SHAPES =
      List.of(
          "null",
          "true",
          "1",
          "-1",
          "10000000000",
          "1e999",
          "\"\"",
          "\"text\"",
          "[]",
          "[null]",
          "{}",
          "{\"length\":1000000000}",
          "{\"type\":\"Buffer\",\"data\":1000000000}",
          "\"__proto__\"",
          "{\"__proto__\":{\"ws\":1}}",
          nested(DEEPEST),
          nested(60_000));

  /** Addresses at which the WebSocket client of npm or Node throws at once. */
  private static final List<String> DEADLY_URLS =
      List.of(
          "",
          "text",
          "ws:localhost",
          "ws://",
          "ws:///path",
          "ws://localhost:65536",
          "ws://localhost:99999999999",
          "ws://us%zer@localhost",
          "ws://user:secret@localhost:1",
          "ws://[fe80::1%eth0]:80",
          "ws://[::1",
          "ws://xn--/",
          "ws://XN--0/",
          "ws://" + "a.".repeat(150) + "example",
          "ws://localhost/\u4e16",
          "ws://localhost/#fragment",
          "http://localhost",
          "ws+unix:///run/socket",
          "ws://localhost/\\u0000",
          "ws://" + "a".repeat(60_000));

  /** Sound addresses at which there is no peer. */
  private static final List<String> USELESS_URLS =
      List.of(
          "ws://127.0.0.1:1",
          "wss://127.0.0.1:1/path?query",
          "ws://[::1]:1",
          "ws://localhost:1/%20",
          "ws://0.0.0.0:1",
          "ws://nobody.invalid:1");

  private HostileContents() {}

  static Stream<HostileDeed> all() {
    return Stream.of(shapes(), ids(), answers(), signals(), user()).flatMap(deeds -> deeds);
  }

  private static Stream<HostileDeed> shapes() {
    Stream<String> types =
        Stream.of(
            "user", "findPeers", "foundPeers", "handshake-offer", "handshake-answer", "signal");
    Stream<HostileDeed> known =
        types.flatMap(
            type ->
                Stream.concat(
                    SHAPES.stream().map(content -> of(type, content)),
                    Stream.of(
                        HostileDeed.json(
                            type + " without content",
                            route ->
                                DatagramText.data(route, "{\"type\":" + quoted(type) + "}")))));
    Stream<HostileDeed> unknown =
        Stream.of("", "constructor", "toString", "message", "error", "x".repeat(64))
            .map(type -> of(type, "{}"));
    return Stream.concat(known, unknown);
  }

  private static HostileDeed of(String type, String content) {
    return HostileDeed.json(type + ": " + content, route -> DatagramText.of(route, type, content));
  }

  private static Stream<HostileDeed> ids() {
    Stream<HostileDeed> one =
        Stream.of(ID.substring(1), ID + "0", ID.replace('f', 'g'), HostileJson.DEADLY_ID)
            .flatMap(
                id ->
                    Stream.of(
                        of("findPeers", quoted(id)), of("foundPeers", "[" + quoted(id) + "]")));
    Stream<HostileDeed> many =
        Stream.of(
            of("findPeers", buffer(20)),
            of("findPeers", quoted("0".repeat(60_000))),
            of("foundPeers", times(MOST_IDS, "null")),
            of("foundPeers", times(MOST_IDS, "1")),
            of("foundPeers", times(MOST_IDS, quoted(""))),
            of("foundPeers", times(MOST_IDS, quoted(ID))),
            of("foundPeers", times(MOST_IDS + 1, quoted(ID))),
            of("foundPeers", times(5_000, quoted(ID))),
            of("foundPeers", "[" + buffer(20) + "]"),
            HostileDeed.json(
                "foundPeers: author and target",
                route ->
                    DatagramText.of(
                        route,
                        "foundPeers",
                        "[" + quoted(route.from()) + "," + quoted(route.to()) + "]")),
            HostileDeed.json(
                "findPeers: the target",
                route -> DatagramText.of(route, "findPeers", quoted(route.to()))));
    return Stream.concat(one, many);
  }

  private static Stream<HostileDeed> answers() {
    Stream<HostileDeed> urls =
        Stream.concat(DEADLY_URLS.stream(), USELESS_URLS.stream())
            .map(url -> answer(quoted(url), "false"));
    Stream<HostileDeed> shapes =
        Stream.of("1", "true", "[]", "{}", "[\"ws://localhost\"]").map(ws -> answer(ws, "false"));
    return Stream.of(
            urls,
            shapes,
            Stream.of("1", "null", "\"\"", "{}").map(webRtc -> answer("null", webRtc)),
            Stream.of(
                answer("null", "true"),
                of("handshake-answer", "{\"ws\":null,\"ws\":1,\"wrtc\":false}"),
                of("handshake-answer", "{\"ws\":null,\"wrtc\":false,\"toString\":1}"),
                HostileDeed.json(
                    "handshake-answer: the npm peer's own URL",
                    route -> DatagramText.of(route, "handshake-answer", ws(route.npmUrl()))),
                HostileDeed.json(
                    "handshake-answer: the daemon's URL",
                    route -> DatagramText.of(route, "handshake-answer", ws(route.daemonUrl())))))
        .flatMap(deeds -> deeds);
  }

  private static String ws(String url) {
    return "{\"ws\":" + quoted(url) + ",\"wrtc\":false}";
  }

  private static HostileDeed answer(String ws, String webRtc) {
    return of("handshake-answer", "{\"ws\":" + ws + ",\"wrtc\":" + webRtc + "}");
  }

  private static Stream<HostileDeed> signals() {
    return Stream.of(
            "{\"type\":\"offer\",\"sdp\":\"v=0\"}",
            "{\"type\":\"answer\",\"sdp\":null}",
            "{\"candidate\":{\"candidate\":\"\",\"sdpMid\":\"0\"}}",
            "{\"renegotiate\":true}")
        .map(signal -> of("signal", signal));
  }

  private static Stream<HostileDeed> user() {
    return Stream.of(
        of("user", "\"\\ud800\""),
        of("user", "\"" + "x".repeat(250_000) + "\""),
        of("user", times(60_000, "0")),
        of("user", "{\"toString\":1,\"toJSON\":1,\"then\":1,\"__proto__\":null}"),
        HostileDeed.json(
            "more in data than there should be",
            route ->
                DatagramText.data(
                    route,
                    "{\"type\":\"user\",\"data\":1,\"toJSON\":1,\"__proto__\":{\"type\":1}}")));
  }
}
