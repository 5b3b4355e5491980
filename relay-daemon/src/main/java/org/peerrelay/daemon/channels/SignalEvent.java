package org.peerrelay.daemon.channels;

import java.nio.charset.StandardCharsets;

/** What members are sent, as bytes of an event stream. */
final class SignalEvent {
  /** A comment, for nobody. */
  static final byte[] KEEP_ALIVE = bytes(":\n\n");

  private SignalEvent() {}

  /** The first event of a member's stream: who it is. */
  static byte[] connect(Member<?> member) {
    return event(
        "connect",
        "{\"id\":\"%s\",\"cid\":\"%s\",\"token\":\"%s\"}"
            .formatted(member.id(), member.cid(), member.token()));
  }

  /** Tells a channel's owner of another member. */
  static byte[] join(Member<?> member) {
    return event("join", names(member));
  }

  /** Tells a channel's owner that another member has gone. */
  static byte[] leave(Member<?> member) {
    return event("leave", names(member));
  }

  /** Something that a member has said. */
  static byte[] signal(String data) {
    return event("signal", data);
  }

  private static String names(Member<?> member) {
    return "{\"id\":\"%s\",\"cid\":\"%s\"}".formatted(member.id(), member.cid());
  }

  private static byte[] event(String name, String data) {
    return bytes("event: " + name + "\ndata: " + data + "\n\n");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
