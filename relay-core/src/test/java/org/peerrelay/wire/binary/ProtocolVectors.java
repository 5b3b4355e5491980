package org.peerrelay.wire.binary;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.peerrelay.id.Identity;
import org.peerrelay.wire.JsonRecord;

/** The golden vectors of docs/protocol.md, section 10. */
public final class ProtocolVectors {
  private static final String PKCS8_START = "302e020100300506032b657004220420";
  private static final JsonRecord FILE = read();

  private ProtocolVectors() {}

  private static JsonRecord read() {
    String module = System.getProperty("basedir", System.getProperty("user.dir"));
    try {
      return JsonRecord.parse(
          Files.readString(
              Path.of(module).resolveSibling("docs").resolve("protocol-vectors.json")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All entries of a member. */
  public static List<JsonRecord> all(String member) {
    return FILE.records(member);
  }

  /** The entry of a member that has {@code name}. */
  public static JsonRecord named(String member, String name) {
    return all(member).stream()
        .filter(entry -> entry.text("name").equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** The identity that has one of the file's seeds as its key. */
  static Identity identity(String name) {
    byte[] der = HexFormat.of().parseHex(PKCS8_START + named("keys", name).text("seed"));
    return Identity.ofPem(
        "-----BEGIN PRIVATE KEY-----\n"
            + Base64.getEncoder().encodeToString(der)
            + "\n-----END PRIVATE KEY-----\n");
  }

  /** What an entry of {@code hellos} says, as this code would put it. */
  static Hello hello(JsonRecord entry) {
    JsonRecord key = named("keys", entry.text("key"));
    return new Hello(
        entry.number("lowest"),
        entry.number("highest"),
        entry.text("role").equals("relay"),
        Bytes32.of(key.bytes("publicKey")),
        Bytes32.of(entry.bytes("random")),
        entry.textOrNull("url"),
        entry.textOrNull("authority"),
        entry.isNull("largestPayload") ? 65_536 : entry.number("largestPayload"),
        entry.textOrNull("observed"),
        entry.flag("check"));
  }

  /** Whether this code would write {@code hello} so: it always names its limit. */
  static boolean isOurs(JsonRecord hello) {
    return !hello.isNull("largestPayload") && hello.records("unknown").isEmpty();
  }
}
