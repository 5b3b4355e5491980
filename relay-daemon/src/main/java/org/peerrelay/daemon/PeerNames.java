package org.peerrelay.daemon;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How members of a swarm call themselves. The number stands beside the name, since anybody can take
 * any name. Not thread-safe.
 */
final class PeerNames {
  /** Longer ones are cut: a name is not to hide what is said. */
  static final int MAX_CHARACTERS = 40;

  private static final JsonFactory JSON = new JsonFactory();
  private static final String NAME = "name";

  private final Map<Integer, String> names = new HashMap<>();

  /** What people are shown for a peer. */
  String label(int peer) {
    String name = names.get(peer);
    return name == null ? "peer " + peer : name + " (" + peer + ")";
  }

  /** Takes the name from what a peer shows of itself; tells whether it has another one now. */
  boolean put(int peer, String data) {
    String name = name(data);
    String before = name == null ? names.remove(peer) : names.put(peer, name);
    return name == null ? before != null : !name.equals(before);
  }

  /** The peer has left. */
  void forget(int peer) {
    names.remove(peer);
  }

  /** The text {@code name} of a JSON object; null if there is none. */
  private static @Nullable String name(String data) {
    try (JsonParser json = JSON.createParser(data)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return null;
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        boolean isName = json.currentName().equals(NAME);
        if (json.nextToken() == JsonToken.VALUE_STRING && isName) {
          return shown(json.getText());
        }
        json.skipChildren();
      }
    } catch (IOException e) {
      // No JSON that this parser takes: no name.
    }
    return null;
  }

  private static @Nullable String shown(String name) {
    String stripped = name.strip();
    int count = Math.min(MAX_CHARACTERS, stripped.codePointCount(0, stripped.length()));
    String cut = stripped.substring(0, stripped.offsetByCodePoints(0, count));
    return cut.isEmpty() ? null : OneLine.of(cut);
  }
}
