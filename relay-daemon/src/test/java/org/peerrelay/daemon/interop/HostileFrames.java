package org.peerrelay.daemon.interop;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.peerrelay.daemon.interop.FrameSocket.BINARY;
import static org.peerrelay.daemon.interop.FrameSocket.CLOSE;
import static org.peerrelay.daemon.interop.FrameSocket.CONTINUATION;
import static org.peerrelay.daemon.interop.FrameSocket.FIN;
import static org.peerrelay.daemon.interop.FrameSocket.PING;
import static org.peerrelay.daemon.interop.FrameSocket.PONG;
import static org.peerrelay.daemon.interop.FrameSocket.TEXT;
import static org.peerrelay.daemon.interop.HostileDeed.frame;
import static org.peerrelay.daemon.interop.HostileDeed.hello;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.peerrelay.daemon.interop.HostileDeed.Result;
import org.peerrelay.daemon.interop.HostileDeed.Stage;

/** What is no HTTP, no WebSocket frame, no id, or an unusual way of writing a datagram. */
final class HostileFrames {
  private static final byte[] NOTHING = new byte[0];

  /** Beyond what any relay takes. */
  private static final int TOO_LONG = 300_000;

  private HostileFrames() {}

  static Stream<HostileDeed> all() {
    return Stream.of(http(), firsts(), opcodes(), lengths(), parts(), unusual())
        .flatMap(deeds -> deeds);
  }

  private static Stream<HostileDeed> http() {
    return Stream.of(
            "\u0001\u0002 what is this?\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: x\r\n\r\n",
            "POST / HTTP/1.1\r\nContent-Length: 1000000000000\r\n\r\n",
            "GET /" + "x".repeat(60_000),
            "GET / HTTP/1.1\r\nX: " + "x".repeat(60_000) + "\r\n\r\n",
            "GET / HTTP/1.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n")
        .map(
            text ->
                new HostileDeed(
                    "HTTP: " + text.substring(0, Math.min(30, text.length())).strip(),
                    Stage.CONNECTED,
                    Result.REFUSED,
                    (socket, route) -> socket.write(text.getBytes(US_ASCII))));
  }

  private static Stream<HostileDeed> firsts() {
    return Stream.concat(
        Stream.of("", "text", "null", "1", "[]", "{}", "\"0123\"", "\"__proto__\"")
            .map(text -> hello(text, route -> text)),
        Stream.of(
            hello("a Buffer of 21 bytes", route -> DatagramText.buffer(21)),
            hello("deep JSON", route -> DatagramText.nested(60_000)),
            hello("a datagram", DatagramText::user),
            hello("the daemon's own id", route -> '"' + route.daemonId() + '"'),
            new HostileDeed(
                "first: a deadly id",
                Stage.WEB_SOCKET,
                Result.ENDS,
                (socket, route) -> {
                  socket.text('"' + HostileJson.DEADLY_ID + '"');
                  socket.text(DatagramText.user(route.as(HostileJson.DEADLY_ID)).toString());
                  socket.frame(FIN | CLOSE, NOTHING);
                })));
  }

  private static Stream<HostileDeed> opcodes() {
    Stream<HostileDeed> unknown =
        IntStream.of(3, 7, 11, 15)
            .mapToObj(
                opcode ->
                    frame(
                        "opcode " + opcode,
                        (socket, route) -> socket.frame(FIN | opcode, NOTHING)));
    Stream<HostileDeed> reserved =
        IntStream.of(0x40, 0x20, 0x10)
            .mapToObj(
                bit ->
                    frame(
                        "reserved bit " + bit,
                        (socket, route) -> socket.frame(FIN | bit | TEXT, datagram(route))));
    return Stream.of(
            unknown,
            reserved,
            Stream.of(
                frame("binary", (socket, route) -> socket.frame(FIN | BINARY, datagram(route))),
                frame(
                    "without mask",
                    (socket, route) ->
                        socket.write(FrameSocket.encode(FIN | TEXT, datagram(route), false))),
                frame("a ping in parts", (socket, route) -> socket.frame(PING, NOTHING)),
                frame(
                    "half a close code", (socket, route) -> socket.frame(FIN | CLOSE, new byte[1])),
                frame(
                    "a close code that is none",
                    (socket, route) -> socket.frame(FIN | CLOSE, new byte[] {0, 5}))))
        .flatMap(deeds -> deeds);
  }

  private static Stream<HostileDeed> lengths() {
    return Stream.of(
        frame(
            "a ping that is too long", (socket, route) -> socket.frame(FIN | PING, new byte[126])),
        frame("over the limit", (socket, route) -> socket.frame(FIN | TEXT, new byte[TOO_LONG])),
        frame("enormous", (socket, route) -> socket.write(head(Long.MAX_VALUE))),
        frame("of negative length", (socket, route) -> socket.write(head(-1))),
        new HostileDeed(
            "frame: cut off by a reset",
            Stage.LINKED,
            Result.CUT_OFF,
            (socket, route) -> {
              socket.write(head(1_000));
              socket.write(datagram(route));
            }));
  }

  private static byte[] head(long length) {
    return ByteBuffer.allocate(14)
        .put((byte) (FIN | TEXT))
        .put((byte) 0xff)
        .putLong(length)
        .putInt(0)
        .array();
  }

  private static Stream<HostileDeed> parts() {
    return Stream.of(
        frame(
            "a continuation of nothing",
            (socket, route) -> socket.frame(FIN | CONTINUATION, datagram(route))),
        frame(
            "a message within a message",
            (socket, route) -> {
              socket.frame(TEXT, datagram(route));
              socket.frame(FIN | TEXT, datagram(route));
            }),
        frame(
            "no UTF-8",
            (socket, route) -> socket.frame(FIN | TEXT, new byte[] {'"', (byte) 0xc3, '"'})),
        frame(
            "no UTF-8 within a datagram, in its second part, behind a pong",
            (socket, route) -> {
              byte[] text = DatagramText.of(route, "user", "\"?\"").toString().getBytes(UTF_8);
              socket.frame(TEXT, text(text, 0, text.length - 4));
              socket.frame(FIN | PONG, NOTHING);
              byte[] rest = text(text, text.length - 4, text.length);
              rest[0] = (byte) 0xff;
              socket.frame(FIN | CONTINUATION, rest);
            }));
  }

  private static byte[] text(byte[] all, int from, int to) {
    return Arrays.copyOfRange(all, from, to);
  }

  /** What is allowed though nobody does it. */
  private static Stream<HostileDeed> unusual() {
    return Stream.of(
        lives(
            "a thousand pings and pongs",
            (socket, route) -> {
              for (int i = 0; i < 1_000; i++) {
                socket.frame(FIN | (i % 2 == 0 ? PING : PONG), new byte[] {(byte) i});
              }
            }),
        lives(
            "a datagram in parts of one byte with pings between",
            (socket, route) -> {
              byte[] text = datagram(route);
              for (int i = 0; i < text.length; i++) {
                int fin = i == text.length - 1 ? FIN : 0;
                socket.frame(fin | (i == 0 ? TEXT : CONTINUATION), new byte[] {text[i]});
                socket.frame(FIN | PING, NOTHING);
              }
            }),
        lives(
            "a datagram with ten thousand empty parts",
            (socket, route) -> {
              socket.frame(TEXT, datagram(route));
              byte[] empty = FrameSocket.encode(CONTINUATION, NOTHING, true);
              ByteBuffer flood = ByteBuffer.allocate(10_000 * empty.length);
              while (flood.hasRemaining()) {
                flood.put(empty);
              }
              socket.write(flood.array());
              socket.frame(FIN | CONTINUATION, NOTHING);
            }),
        lives(
            "a hundred datagrams, each of them twice",
            (socket, route) -> {
              for (int i = 0; i < 100; i++) {
                byte[] text = datagram(route);
                socket.frame(FIN | TEXT, text);
                socket.frame(FIN | TEXT, text);
              }
            }));
  }

  private static HostileDeed lives(String name, HostileDeed.Deed deed) {
    return new HostileDeed("frame: " + name, Stage.LINKED, Result.LIVES, deed);
  }

  private static byte[] datagram(HostileDeed.Route route) {
    return DatagramText.user(route).toString().getBytes(UTF_8);
  }
}
