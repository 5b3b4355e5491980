package org.peerrelay.lab.load;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The client's side of a WebSocket opening handshake (RFC 6455, section 4.1). */
final class Handshake {
  /** More than any relay's answer has. */
  static final int MAX_RESPONSE_BYTES = 8_192;

  private static final String ACCEPT_SUFFIX = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  private static final int NONCE_BYTES = 16;
  private static final String DEFLATE = "permessage-deflate";

  private final Upgrade upgrade;
  private final String key;
  private boolean deflates;
  private boolean keepsContext = true;

  Handshake(Upgrade upgrade, RandomGenerator random) {
    this.upgrade = upgrade;
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    this.key = Base64.getEncoder().encodeToString(nonce);
  }

  byte[] request(RelayUrl url) {
    String text =
        "GET "
            + (upgrade.path() == null ? url.path() : upgrade.path())
            + " HTTP/1.1\r\nHost: "
            + url.hostHeader()
            + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: "
            + key
            + "\r\nSec-WebSocket-Version: 13\r\n"
            + header("Sec-WebSocket-Protocol", upgrade.subprotocol())
            + header("Sec-WebSocket-Extensions", upgrade.compress() ? DEFLATE : null)
            + header("Authorization", url.token() == null ? null : "Bearer " + url.token())
            + "\r\n";
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static String header(String name, @Nullable String value) {
    return value == null ? "" : name + ": " + value + "\r\n";
  }

  /** Checks the answer, the text up to the empty line. */
  void check(String response) throws LoadFailedException {
    String[] lines = response.split("\r\n");
    if (!lines[0].startsWith("HTTP/1.1 101")) {
      throw new LoadFailedException("upgrade: '" + lines[0] + "' (expected: HTTP/1.1 101)");
    }
    String accept = value(lines, "sec-websocket-accept");
    if (!expectedAccept().equals(accept)) {
      throw new LoadFailedException(
          "Sec-WebSocket-Accept: " + accept + " (expected: " + expectedAccept() + ")");
    }
    String subprotocol = value(lines, "sec-websocket-protocol");
    if (upgrade.subprotocol() != null && !upgrade.subprotocol().equals(subprotocol)) {
      throw new LoadFailedException(
          "subprotocol: " + subprotocol + " (expected: " + upgrade.subprotocol() + ")");
    }
    String extensions = value(lines, "sec-websocket-extensions");
    if (extensions != null) {
      deflates = extensions.contains(DEFLATE);
      keepsContext = !extensions.contains("client_no_context_takeover");
    }
  }

  boolean deflates() {
    return deflates;
  }

  /** Whether a message may be compressed with what was learned from those before it. */
  boolean keepsContext() {
    return keepsContext;
  }

  private static @Nullable String value(String[] lines, String name) {
    for (String line : lines) {
      int colon = line.indexOf(':');
      if (colon > 0 && line.substring(0, colon).toLowerCase(Locale.ROOT).equals(name)) {
        return line.substring(colon + 1).strip();
      }
    }
    return null;
  }

  private String expectedAccept() {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-1")
              .digest((key + ACCEPT_SUFFIX).getBytes(StandardCharsets.US_ASCII));
      return Base64.getEncoder().encodeToString(hash);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-1", impossible);
    }
  }
}
