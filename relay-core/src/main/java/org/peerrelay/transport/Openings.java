package org.peerrelay.transport;

import java.net.InetSocketAddress;
import java.net.URI;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.peerrelay.id.Identity;
import org.peerrelay.id.PeerId;
import org.peerrelay.wire.binary.Bytes32;
import org.peerrelay.wire.binary.Hello;
import org.peerrelay.wire.binary.LinkHandshake;
import org.peerrelay.wire.binary.LinkProof.Side;

/**
 * What a node says of itself at the beginning of its links. Any thread.
 *
 * @param identity the node's key
 * @param address where others can dial it
 * @param maxPayloadBytes the largest payload that it takes
 * @param takesLegacy whether it links with legacy peers
 */
record Openings(Identity identity, OwnAddress address, int maxPayloadBytes, boolean takesLegacy) {
  private static final SecureRandom RANDOM = new SecureRandom();

  /** The legacy one; {@code first} if we are to say our id before the other end's is known. */
  LinkOpening legacy(boolean first) {
    return new LegacyOpening(identity.id(), first);
  }

  /** For a connection that came in from {@code client}; null if it is gone already. */
  LinkOpening accept(@Nullable InetSocketAddress client) {
    String observed = client == null ? null : WebSocketUrl.authority(client);
    return binary(Side.ACCEPTOR, null, observed, null, false);
  }

  /** For a connection that this node has made. */
  LinkOpening dial(Dial dial) {
    URI uri = URI.create(dial.url());
    String authority = uri.getHost().toLowerCase(Locale.ROOT) + ":" + WebSocketUrl.port(uri);
    return binary(Side.DIALER, authority, null, dial.expected(), dial.check());
  }

  private BinaryOpening binary(
      Side side,
      @Nullable String authority,
      @Nullable String observed,
      @Nullable PeerId expected,
      boolean check) {
    byte[] random = new byte[Bytes32.LENGTH];
    RANDOM.nextBytes(random);
    String url = address.dialableUrl();
    Hello hello =
        new Hello(
            Hello.VERSION,
            Hello.VERSION,
            address.listens(),
            Bytes32.of(identity.publicKey()),
            Bytes32.of(random),
            url,
            authority,
            maxPayloadBytes,
            observed,
            check);
    LinkHandshake handshake = new LinkHandshake(side, identity, hello, Set.of());
    return new BinaryOpening(handshake.expecting(expected), url != null);
  }
}
