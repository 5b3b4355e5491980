package org.peerrelay.daemon.gateway;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.util.Base64;
import java.util.Locale;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.DropReason;
import org.peerrelay.message.Payload;
import org.peerrelay.message.Provenance;

/** What a session's reader is sent, as bytes of an event stream in UTF-8. */
final class SessionEvent {
  /** A comment, for nobody. */
  static final byte[] KEEP_ALIVE = ":\n\n".getBytes(US_ASCII);

  private SessionEvent() {}

  /** A message has come. JSON stands in it as it was sent, but for line ends. */
  static byte[] message(long id, PeerId from, Provenance provenance, Payload payload) {
    String known = provenance.name().toLowerCase(Locale.ROOT);
    String who = "{\"from\":\"" + from.hex() + "\",\"provenance\":\"" + known + "\"";
    return switch (payload.kind()) {
      case JSON -> event("message", id, who + ",\"data\":", onOneLine(payload.toBytes()), "}");
      case BYTES ->
          event(
              "message",
              id,
              who + ",\"base64\":\"",
              Base64.getEncoder().encode(payload.toBytes()),
              "\"}");
      case UNDEFINED -> event("message", id, who, new byte[0], "}");
    };
  }

  /** A message of the session's own is known to be lost, and its sender was told nothing. */
  static byte[] undeliverable(long id, PeerId to, DropReason reason) {
    String why = GatewayRefusal.of(reason).reason();
    return event(
        "undeliverable",
        id,
        "{\"to\":\"" + to.hex() + "\",\"reason\":\"" + why + "\"}",
        new byte[0],
        "");
  }

  /** So many events up to {@code lastId} were not kept for this reader. */
  static byte[] lost(long lastId, long count) {
    return event("lost", lastId, "{\"count\":" + count + "}", new byte[0], "");
  }

  /** In valid JSON they are white space wherever they stand. */
  private static byte[] onOneLine(byte[] json) {
    for (int i = 0; i < json.length; i++) {
      if (json[i] == '\n' || json[i] == '\r') {
        json[i] = ' ';
      }
    }
    return json;
  }

  private static byte[] event(String name, long id, String before, byte[] content, String after) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(content.length + 160);
    out.writeBytes(("event: " + name + "\nid: " + id + "\ndata: " + before).getBytes(US_ASCII));
    out.writeBytes(content);
    out.writeBytes((after + "\n\n").getBytes(US_ASCII));
    return out.toByteArray();
  }
}
