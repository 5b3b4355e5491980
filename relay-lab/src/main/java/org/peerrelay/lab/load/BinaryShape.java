package org.peerrelay.lab.load;

import java.security.SecureRandom;
import java.util.List;
import java.util.stream.Stream;
import org.peerrelay.id.Identity;

/**
 * Speaks protocol 2 to a relay (docs/protocol.md). Each client is a leaf with a key of its own,
 * which it proves; payloads are bytes.
 */
public final class BinaryShape implements Shape {
  private static final String SUBPROTOCOL = "peer-relay.2";

  private final List<Identity> identities;
  private final byte[][] ids;

  /** With these keys for the clients. */
  public BinaryShape(List<Identity> identities) {
    this.identities = List.copyOf(identities);
    this.ids = identities.stream().map(own -> own.id().toBytes()).toArray(byte[][]::new);
  }

  /** With fresh keys for up to {@code clients} clients; that takes about a second for 10,000. */
  public static BinaryShape fresh(int clients) {
    SecureRandom random = new SecureRandom();
    return new BinaryShape(
        Stream.generate(() -> Identity.generate(random)).limit(clients).toList());
  }

  @Override
  public String name() {
    return "protocol 2";
  }

  @Override
  public Upgrade upgrade(int client) {
    return new Upgrade(null, SUBPROTOCOL, false, false);
  }

  @Override
  public Session session(int client) {
    return new BinarySession(identities.get(client), ids);
  }
}
