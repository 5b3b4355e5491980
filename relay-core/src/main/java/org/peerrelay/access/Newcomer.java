package org.peerrelay.access;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;
import org.peerrelay.id.PeerId;

/**
 * Somebody at the other end of a connection, as far as it is known.
 *
 * @param id its id; null if it is not known yet, or if it is no peer
 * @param address where it is; null if that is not known
 * @param legacy whether it speaks the legacy protocol, in which everybody takes any id
 * @param relay whether it says that it is a relay
 * @param token what it has shown; null if nothing, or nothing that can be a token
 * @param invited whether this node has dialed it at a URL that its operator gave
 */
public record Newcomer(
    @Nullable PeerId id,
    @Nullable InetAddress address,
    boolean legacy,
    boolean relay,
    @Nullable String token,
    boolean invited) {
  /** One who has come by HTTP or is about to link, of whom no id is known. */
  public static Newcomer unnamed(@Nullable InetAddress address, @Nullable String token) {
    return new Newcomer(null, address, false, false, token, false);
  }

  /** Without the token, which is a secret. */
  @Override
  public String toString() {
    return "Newcomer[id=%s, address=%s, legacy=%s]".formatted(id, address, legacy);
  }
}
