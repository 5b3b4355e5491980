package org.peerrelay.transport;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.peerrelay.id.PeerId;

/** The JSON text of datagrams, as decent peers and others write it. */
public final class Datagrams {
  private static final AtomicLong NONCE = new AtomicLong();

  private Datagrams() {}

  /** A user's message with the JSON value {@code data}, straight from its author. */
  public static String user(PeerId from, PeerId to, String data) {
    return write(from, to, List.of(from), "{\"type\":\"user\",\"data\":" + data + "}");
  }

  /** Any datagram, with a nonce of its own; {@code data} is the whole of that member. */
  public static String write(PeerId from, PeerId to, List<PeerId> path, String data) {
    String hops =
        path.stream().map(id -> '"' + id.hex() + '"').collect(Collectors.joining(",", "[", "]"));
    return """
        {"to":"%s","from":"%s","path":%s,"nonce":"%d","data":%s}"""
        .formatted(to.hex(), from.hex(), hops, NONCE.incrementAndGet(), data);
  }
}
