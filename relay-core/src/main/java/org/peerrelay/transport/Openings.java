package org.peerrelay.transport;

import java.net.InetSocketAddress;
import java.net.URI;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.peerrelay.id.Identity;
import org.peerrelay.wire.binary.Bytes32;
import org.peerrelay.wire.binary.Hello;
import org.peerrelay.wire.binary.LinkHandshake;
import org.peerrelay.wire.binary.LinkProof.Side;

/**
 * What a node says of itself at the beginning of its links. Any thread.
 *
 * @param identity the node's key
 * @param relay whether it passes on datagrams of others
 * @param maxPayloadBytes the largest payload that it takes
 */
record Openings(Identity identity, boolean relay, int maxPayloadBytes) {
  private static final SecureRandom RANDOM = new SecureRandom();

  /** The legacy one; {@code first} if we are to say our id before the other end's is known. */
  LinkOpening legacy(boolean first) {
    return new LegacyOpening(identity.id(), first);
  }

  /** For a connection that came in from {@code remote}. */
  LinkOpening accept(InetSocketAddress remote) {
    String observed = remote.getAddress().getHostAddress() + ":" + remote.getPort();
    return new BinaryOpening(
        new LinkHandshake(Side.ACCEPTOR, identity, hello(null, observed), Set.of()));
  }

  /** For a connection that this node has made. */
  LinkOpening dial(Dial dial) {
    URI uri = URI.create(dial.url());
    String authority = uri.getHost().toLowerCase(Locale.ROOT) + ":" + WebSocketUrl.port(uri);
    return new BinaryOpening(
        new LinkHandshake(Side.DIALER, identity, hello(authority, null), Set.of())
            .expecting(dial.expected()));
  }

  private Hello hello(@Nullable String authority, @Nullable String observed) {
    byte[] random = new byte[Bytes32.LENGTH];
    RANDOM.nextBytes(random);
    return new Hello(
        Hello.VERSION,
        Hello.VERSION,
        relay,
        Bytes32.of(identity.publicKey()),
        Bytes32.of(random),
        null,
        authority,
        maxPayloadBytes,
        observed);
  }
}
