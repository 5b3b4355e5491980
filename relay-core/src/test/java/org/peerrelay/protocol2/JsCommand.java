package org.peerrelay.protocol2;

import java.util.HexFormat;

/**
 * A command for {@code driver.mjs}. Values must need no escapes. Mutable: each method adds a member
 * and returns this.
 */
final class JsCommand {
  private final StringBuilder json = new StringBuilder();

  private JsCommand(String name, String peer) {
    json.append("{\"do\":\"").append(name).append('"');
    with("peer", peer);
  }

  /** A command to the client {@code peer}. */
  static JsCommand of(String name, String peer) {
    return new JsCommand(name, peer);
  }

  JsCommand with(String member, String value) {
    return withJson(member, '"' + value + '"');
  }

  JsCommand with(String member, byte[] bytes) {
    return with(member, HexFormat.of().formatHex(bytes));
  }

  /** Adds a member whose value is any JSON text. */
  JsCommand withJson(String member, String value) {
    json.append(",\"").append(member).append("\":").append(value);
    return this;
  }

  @Override
  public String toString() {
    return json + "}";
  }
}
