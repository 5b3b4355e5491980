package org.peerrelay.lab.load;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.peerrelay.id.PeerId;

/**
 * Speaks to a relay as npm {@code peer-relay} does, in JSON. Payloads are JSON strings, and each
 * client is a leaf that declines links and relays nothing.
 */
public final class LegacyShape implements Shape {
  private final byte[][] hexIds;
  private final boolean compress;

  /**
   * With these ids for the clients.
   *
   * @param compress whether to offer {@code permessage-deflate}, as npm peers do
   */
  public LegacyShape(List<PeerId> ids, boolean compress) {
    this.hexIds =
        ids.stream().map(id -> id.hex().getBytes(StandardCharsets.US_ASCII)).toArray(byte[][]::new);
    this.compress = compress;
  }

  /** With random ids for up to {@code clients} clients, uncompressed. */
  public static LegacyShape random(int clients, RandomGenerator random) {
    return new LegacyShape(
        Stream.generate(() -> PeerId.random(random)).limit(clients).toList(), false);
  }

  @Override
  public String name() {
    return "legacy";
  }

  @Override
  public Upgrade upgrade(int client) {
    return new Upgrade(null, null, true, compress);
  }

  @Override
  public Session session(int client) {
    return new LegacySession(hexIds, client);
  }
}
