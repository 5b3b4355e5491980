package org.peerrelay.wire.legacy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a frame must be so that an npm peer survives reading it, put down from what the package does
 * with each member and from nothing in this project.
 */
final class NpmShape {
  private NpmShape() {}

  /** Checks a datagram that came over a link to the peer {@code neighbour}. */
  static void check(Object frame, String neighbour) {
    Map<?, ?> datagram = object(frame);
    // new Buffer(msg.to, 'hex'), and an id of another length than 20 has no place in a k-bucket
    hexId(datagram.get("to"));
    hexId(datagram.get("from"));
    // msg.path[msg.path.length - 1] is looked up; msg.path.push; path.indexOf
    List<?> path = array(datagram.get("path"));
    assertFalse(path.isEmpty());
    path.forEach(NpmShape::hexId);
    assertEquals(neighbour, path.get(path.size() - 1));
    // msg.nonce.substr, and msg.nonce in {}, which knows toString and the like
    assertTrue(string(datagram.get("nonce")).matches("[0-9]{1,15}"));
    content(object(datagram.get("data")));
  }

  private static void content(Map<?, ?> data) {
    Object content = data.get("data");
    switch (string(data.get("type"))) {
      // new Buffer(msg.data, 'hex') throws at undefined, null and numbers
      case "findPeers" -> hexId(content);
      // for (var canidate of msg.data) new Buffer(canidate, 'hex')
      case "foundPeers" -> array(content).forEach(NpmShape::hexId);
      // new WebSocket(msg.data.ws), unless it is false, null or undefined
      case "handshake-answer" -> answer(object(content));
      // data.candidate, data.sdp
      case "signal" -> object(content);
      // user: handed to the application; handshake-offer: not looked at; others: ignored
      default -> {}
    }
  }

  private static void answer(Map<?, ?> answer) {
    Object url = answer.get("ws");
    if (url != null && url != JsonTree.NULL) {
      assertTrue(
          string(url).matches("wss?://([A-Za-z0-9.-]+|\\[[0-9a-fA-F:.]+])(:\\d*)?([/?].*)?"));
      assertFalse(string(url).toLowerCase(Locale.ROOT).contains("/xn--"));
    }
    Object webRtc = answer.get("wrtc");
    assertTrue(webRtc == null || webRtc instanceof Boolean);
  }

  private static void hexId(@Nullable Object value) {
    assertTrue(string(value).matches("[0-9a-fA-F]{40}"));
  }

  private static String string(@Nullable Object value) {
    if (value instanceof String text) {
      return text;
    }
    throw new AssertionError("a string was needed: " + value);
  }

  private static List<?> array(@Nullable Object value) {
    if (value instanceof List<?> list) {
      return list;
    }
    throw new AssertionError("an array was needed: " + value);
  }

  private static Map<?, ?> object(@Nullable Object value) {
    if (value instanceof Map<?, ?> members) {
      return members;
    }
    throw new AssertionError("an object was needed: " + value);
  }
}
