package org.peerrelay.daemon;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.peerrelay.id.PeerId;

/**
 * What a command has to say of a swarm, each thing one line of standard output: words for people,
 * or a JSON object for programs. Called by one thread, but for {@link #ready}; no method waits for
 * the reader.
 */
final class SwarmResults {
  private final boolean json;
  private final LineWriter lines;
  private final PeerNames names = new PeerNames();

  SwarmResults(boolean json, LineWriter lines) {
    this.json = json;
    this.lines = lines;
  }

  /** The member that this is has been taken by a relay. */
  void ready(PeerId own) {
    lines.write(json ? Results.event("ready", o -> Results.id(o, "id", own)) : "you are " + own);
  }

  void join(int peer, PeerId id) {
    lines.write(json ? change("join", peer, id) : names.label(peer) + " has come: " + id);
  }

  void leave(int peer, PeerId id) {
    lines.write(json ? change("leave", peer, id) : names.label(peer) + " has left");
    names.forget(peer);
  }

  private static String change(String event, int peer, PeerId id) {
    return Results.event(
        event, o -> o.writeNumberField("peer", peer), o -> Results.id(o, "id", id));
  }

  void message(String topic, int peer, byte[] data) {
    String text = text(data);
    if (json) {
      String event =
          Results.event(
              "message",
              o -> o.writeStringField("topic", topic),
              o -> o.writeNumberField("peer", peer),
              o -> content(o, data, text));
      // JSON itself leaves some control characters as they are.
      lines.write(OneLine.ofJson(event));
    } else {
      lines.write(names.label(peer) + ": " + OneLine.of(text == null ? bytes(data) : text));
    }
  }

  void online(List<PeerId> ids) {
    if (json) {
      lines.write(Results.event("online", o -> ids(o, ids)));
    } else {
      String all = ids.stream().map(PeerId::hex).collect(Collectors.joining(" "));
      lines.write("online " + ids.size() + ": " + all);
    }
  }

  /** What {@code id} shows of itself, which is JSON. */
  void data(PeerId id, String data) {
    String line = OneLine.ofJson(data);
    lines.write(json ? dataEvent(id, line) : "data " + id + " " + OneLine.of(line));
  }

  /**
   * What a chatter shows of itself: people are told its name.
   *
   * @param peer its number; 0 if it has none
   */
  void name(int peer, PeerId id, String data) {
    if (json) {
      lines.write(dataEvent(id, OneLine.ofJson(data)));
    } else if (peer != 0) {
      String before = names.label(peer);
      if (names.put(peer, data)) {
        lines.write(before + " is now " + names.label(peer));
      }
    }
  }

  private static String dataEvent(PeerId id, String data) {
    return Results.event(
        "peer-data",
        o -> Results.id(o, "id", id),
        o -> {
          o.writeFieldName("data");
          o.writeRawValue(data);
        });
  }

  /** Waits a moment until all is written, and tells whether it could be. */
  ExitStatus finish() {
    return lines.finish() ? ExitStatus.OK : ExitStatus.FAILED;
  }

  private static void ids(JsonGenerator object, List<PeerId> ids) throws IOException {
    object.writeArrayFieldStart("ids");
    for (PeerId id : ids) {
      object.writeString(id.hex());
    }
    object.writeEndArray();
  }

  private static void content(JsonGenerator object, byte[] data, @Nullable String text)
      throws IOException {
    if (text == null) {
      object.writeBinaryField("base64", data);
    } else {
      object.writeStringField("data", text);
    }
  }

  private static String bytes(byte[] data) {
    return "<" + data.length + " bytes> " + Base64.getEncoder().encodeToString(data);
  }

  /** The text whose UTF-8 form the data is; null if it is none. */
  private static @Nullable String text(byte[] data) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(data)).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }
}
