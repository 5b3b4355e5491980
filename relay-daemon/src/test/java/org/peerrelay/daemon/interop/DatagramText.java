package org.peerrelay.daemon.interop;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/** The JSON of a datagram, sound until one of its members is replaced. */
final class DatagramText {
  private static final AtomicLong NONCE = new AtomicLong(100_000_000_000_000L);

  private final Map<String, String> members = new LinkedHashMap<>();
  private String before = "";

  private DatagramText() {}

  /** A datagram with a nonce of its own, straight from its author, with any type and content. */
  static DatagramText of(HostileDeed.Route route, String type, String content) {
    return data(route, "{\"type\":\"%s\",\"data\":%s}".formatted(type, content));
  }

  /** The same with this as the whole of its {@code data}. */
  static DatagramText data(HostileDeed.Route route, String data) {
    return new DatagramText()
        .with("to", quoted(route.to()))
        .with("from", quoted(route.from()))
        .with("path", "[" + quoted(route.from()) + "]")
        .with("nonce", quoted(Long.toString(NONCE.incrementAndGet())))
        .with("data", data);
  }

  /** A message of a user. */
  static DatagramText user(HostileDeed.Route route) {
    return of(route, "user", "\"hostile\"");
  }

  DatagramText with(String name, String json) {
    members.put(name, json);
    return this;
  }

  DatagramText without(String name) {
    members.remove(name);
    return this;
  }

  /** A member ahead of all others, which may have the name of one of them. */
  DatagramText ahead(String rawName, String json) {
    before = rawName + ":" + json + ",";
    return this;
  }

  static String quoted(String text) {
    return '"' + text + '"';
  }

  /** An array that holds a value several times. */
  static String times(int count, String json) {
    return "[" + String.join(",", Collections.nCopies(count, json)) + "]";
  }

  /** A Node Buffer of so many bytes. */
  static String buffer(int length) {
    return "{\"type\":\"Buffer\",\"data\":" + times(length, "7") + "}";
  }

  static String nested(int depth) {
    return "[".repeat(depth) + "]".repeat(depth);
  }

  @Override
  public String toString() {
    return members.entrySet().stream()
        .map(member -> quoted(member.getKey()) + ":" + member.getValue())
        .collect(Collectors.joining(",", "{" + before, "}"));
  }
}
