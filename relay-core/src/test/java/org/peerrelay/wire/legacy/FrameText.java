package org.peerrelay.wire.legacy;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.peerrelay.id.PeerId;
import org.peerrelay.wire.MalformedFrameException;
import org.peerrelay.wire.UnfitDatagramException;

/** The text of a datagram, put together member by member so that a test can spoil a single one. */
final class FrameText {
  static final PeerId TO = PeerId.ofHex("0123456789abcdef0123456789abcdef01234567");
  static final PeerId FROM = PeerId.ofHex("fedcba9876543210fedcba9876543210fedcba98");

  private final Map<String, String> members = new LinkedHashMap<>();

  private FrameText() {}

  /** A sound datagram whose {@code data} member has this type and, unless empty, this content. */
  static FrameText of(String type, String content) {
    String data = content.isEmpty() ? "" : ",\"data\":" + content;
    return new FrameText()
        .with("to", quoted(TO.hex()))
        .with("from", quoted(FROM.hex()))
        .with("path", "[" + quoted(FROM.hex()) + "]")
        .with("nonce", "\"123\"")
        .with("data", "{\"type\":" + quoted(type) + data + "}");
  }

  /** A sound datagram of a user. */
  static FrameText user() {
    return of("user", "\"hello\"");
  }

  /** Sets a member, in the place that it already had or else as the last. */
  FrameText with(String name, String json) {
    members.put(quoted(name), json);
    return this;
  }

  FrameText without(String name) {
    members.remove(quoted(name));
    return this;
  }

  /** Sets a member whose name is spelled {@code name}, quotes not added. */
  FrameText withRawName(String name, String json) {
    members.put(name, json);
    return this;
  }

  String text() {
    return members.entrySet().stream()
        .map(member -> member.getKey() + ":" + member.getValue())
        .collect(Collectors.joining(",", "{", "}"));
  }

  LegacyDatagram read() throws MalformedFrameException, UnfitDatagramException {
    return read(text());
  }

  static LegacyDatagram read(String text) throws MalformedFrameException, UnfitDatagramException {
    return LegacyReader.read(text.getBytes(StandardCharsets.UTF_8));
  }

  static String quoted(String plain) {
    return '"' + plain + '"';
  }

  /** What {@code JSON.stringify} makes of a Node Buffer of {@code length} bytes. */
  static String buffer(int length) {
    return buffer("7,".repeat(length).replaceFirst(",$", ""));
  }

  /** A Node Buffer's JSON with these numbers in it. */
  static String buffer(String numbers) {
    return "{\"type\":\"Buffer\",\"data\":[" + numbers + "]}";
  }

  /** A path of {@code length} ids, of which the first is the author's. */
  static String path(int length) {
    StringBuilder path = new StringBuilder("[").append(quoted(FROM.hex()));
    for (int i = 1; i < length; i++) {
      path.append(',').append(quoted(new PeerId(i, i, i).hex()));
    }
    return path.append(']').toString();
  }
}
