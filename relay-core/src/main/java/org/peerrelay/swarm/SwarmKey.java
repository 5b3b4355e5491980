package org.peerrelay.swarm;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.macs.HMac;
import org.bouncycastle.crypto.params.KeyParameter;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.Tag;

/**
 * What the members of a swarm share: any bytes, such as the public key of a drive, or a secret.
 * Relays see its {@link #swarm()} alone, from which it cannot be told, unless it can be guessed.
 *
 * <p>Everything is derived by HMAC-SHA-256 (RFC 2104) under the key, each with a text of its own in
 * front (docs/protocol.md, section 11). Immutable; any number of threads.
 */
public final class SwarmKey {
  /** Larger ones are refused: whoever has more has a file, and can hash it. */
  public static final int MAX_BYTES = 1_024;

  private static final int HASH_BYTES = 32;

  private final PeerId swarm;
  private final byte[] tagKey;

  private SwarmKey(byte[] key) {
    this.swarm = PeerId.ofBytes(Arrays.copyOf(hmac(key, "swarm"), PeerId.BYTES));
    this.tagKey = hmac(key, "tags");
  }

  /**
   * The key that is these bytes.
   *
   * @throws IllegalArgumentException if there are none, or more than {@link #MAX_BYTES}
   */
  public static SwarmKey of(byte[] key) {
    if (key.length == 0 || key.length > MAX_BYTES) {
      throw new IllegalArgumentException(
          "swarm key: " + key.length + " bytes (expected: 1 to " + MAX_BYTES + ")");
    }
    return new SwarmKey(key);
  }

  /** The key that is the UTF-8 form of {@code text}; see {@link #of(byte[])}. */
  public static SwarmKey of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The swarm's id: what relays know of the key. */
  public PeerId swarm() {
    return swarm;
  }

  /** By which {@code member} shows the others that it knows the key. */
  public Tag memberTag(PeerId member) {
    return tag(hmac(tagKey, "member", member.toBytes()));
  }

  /** The number of the topic {@code name}, by which it is called on the wire. */
  public long topic(String name) {
    return channel("topic", name);
  }

  /** The number of the presence {@code name}. */
  public long presence(String name) {
    return channel("presence", name);
  }

  private long channel(String purpose, String name) {
    return tag(hmac(tagKey, purpose, name.getBytes(StandardCharsets.UTF_8))).high();
  }

  /**
   * By which a receiver knows that a member has made a datagram, and for whom.
   *
   * @param to the member that it is for, or the swarm's id if it is for all
   */
  public Tag dataTag(PeerId from, PeerId to, long nonce, long channel, byte[] payload) {
    byte[] numbers = ByteBuffer.allocate(16).putLong(nonce).putLong(channel).array();
    return tag(hmac(tagKey, "data", from.toBytes(), to.toBytes(), numbers, payload));
  }

  private static Tag tag(byte[] hash) {
    ByteBuffer bytes = ByteBuffer.wrap(hash);
    return new Tag(bytes.getLong(), bytes.getLong());
  }

  private static byte[] hmac(byte[] key, String purpose, byte[]... parts) {
    HMac hmac = new HMac(new SHA256Digest());
    hmac.init(new KeyParameter(key));
    byte[] text = ("peer-relay.2 " + purpose + "\0").getBytes(StandardCharsets.US_ASCII);
    hmac.update(text, 0, text.length);
    for (byte[] part : parts) {
      hmac.update(part, 0, part.length);
    }
    byte[] hash = new byte[HASH_BYTES];
    hmac.doFinal(hash, 0);
    return hash;
  }
}
