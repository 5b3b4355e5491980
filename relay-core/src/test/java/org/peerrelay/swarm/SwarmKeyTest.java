package org.peerrelay.swarm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.Tag;

/** What is made of a key, told apart from docs/protocol.md by another HMAC than ours. */
class SwarmKeyTest {
  private static final byte[] RAW = "the key".getBytes(StandardCharsets.UTF_8);
  private static final PeerId A = PeerId.ofHex("0a".repeat(20));
  private static final PeerId B = PeerId.ofHex("0b".repeat(20));
  private final SwarmKey key = SwarmKey.of(RAW);

  private static byte[] hmac(byte[] key, String text, byte[]... parts)
      throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    mac.update(("peer-relay.2 " + text + "\0").getBytes(StandardCharsets.US_ASCII));
    for (byte[] part : parts) {
      mac.update(part);
    }
    return mac.doFinal();
  }

  private static Tag tag(byte[] hash) {
    return new Tag(ByteBuffer.wrap(hash).getLong(), ByteBuffer.wrap(hash, 8, 8).getLong());
  }

  @Test
  void itIsMadeAsTheProtocolSays() throws GeneralSecurityException {
    byte[] tags = hmac(RAW, "tags");
    byte[] chat = "chat".getBytes(StandardCharsets.UTF_8);
    assertEquals(PeerId.ofBytes(Arrays.copyOf(hmac(RAW, "swarm"), 20)), key.swarm());
    assertEquals(tag(hmac(tags, "member", A.toBytes())), key.memberTag(A));
    assertEquals(tag(hmac(tags, "topic", chat)).high(), key.topic("chat"));
    assertEquals(tag(hmac(tags, "presence", chat)).high(), key.presence("chat"));
    byte[] numbers = ByteBuffer.allocate(16).putLong(77).putLong(-5).array();
    assertEquals(
        tag(hmac(tags, "data", A.toBytes(), B.toBytes(), numbers, RAW)),
        key.dataTag(A, B, 77, -5, RAW));
  }

  @Test
  void everyPartOfADatagramCountsInItsTag() {
    byte[] other = "the kez".getBytes(StandardCharsets.UTF_8);
    List<Tag> tags =
        List.of(
            key.dataTag(A, B, 1, 2, RAW),
            key.dataTag(B, A, 1, 2, RAW),
            key.dataTag(A, B, 2, 2, RAW),
            key.dataTag(A, B, 1, 3, RAW),
            key.dataTag(A, B, 1, 2, other),
            SwarmKey.of(other).dataTag(A, B, 1, 2, RAW));
    Set<Tag> different = new HashSet<>(tags);
    assertEquals(tags.size(), different.size());
    assertNotEquals(SwarmKey.of(other).swarm(), key.swarm());
  }

  @Test
  void noKeyAndALongOneAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> SwarmKey.of(""));
    assertThrows(IllegalArgumentException.class, () -> SwarmKey.of(new byte[1_025]));
    assertEquals(
        "swarm key: 0 bytes (expected: 1 to 1024)",
        assertThrows(IllegalArgumentException.class, () -> SwarmKey.of(new byte[0])).getMessage());
  }
}
