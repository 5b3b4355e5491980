package org.peerrelay.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.peerrelay.bench.server.ServerProcess;
import org.peerrelay.id.PeerId;
import org.peerrelay.lab.load.LegacyShape;
import org.peerrelay.lab.load.Shape;

/**
 * The npm package peer-relay. It keeps 20 peers for each number of leading bits that they share
 * with it and loses datagrams for all others, so it gets clients whose ids fill its buckets evenly.
 *
 * @param compress whether clients offer compression, as its own do
 */
record NpmPeerRelay(String name, Path npmFolder, boolean compress) implements Contender {
  private static final int PEERS_PER_BUCKET = 20;

  /** Beyond it too few bits are left to tell peers apart. What is more finds its bucket full. */
  private static final int BUCKETS = 128;

  private static final Pattern ID = Pattern.compile("id ([0-9a-f]{40})");

  /** With compression each connection takes some 250 kB, so fewer of them tell as much. */
  private static final int IDLE_COMPRESSED = 1_000;

  @Override
  public Optional<String> missing() {
    return NodePackages.missing(npmFolder, "peer-relay");
  }

  @Override
  public List<String> command(int port, Path folder, Purpose purpose) {
    return List.of(
        "node",
        "--no-deprecation",
        "--no-warnings",
        npmFolder.resolve("peer-relay-server.mjs").toString(),
        Integer.toString(port));
  }

  @Override
  public Shape shape(ServerProcess server, int clients, long seed) throws IOException {
    Matcher id = ID.matcher(server.output());
    if (!id.find()) {
      throw new IOException("output of " + name + ": " + server.output() + " (expected: its id)");
    }
    PeerId serverId = PeerId.ofHex(id.group(1));
    SplittableRandom random = new SplittableRandom(seed);
    List<PeerId> ids = new ArrayList<>();
    for (int i = 0; i < clients; i++) {
      ids.add(idSharing(i / PEERS_PER_BUCKET % BUCKETS, serverId, random));
    }
    return new LegacyShape(ids, compress);
  }

  /** A random id whose first {@code bits} bits are the server's, and whose next one is not. */
  static PeerId idSharing(int bits, PeerId serverId, SplittableRandom random) {
    byte[] id = PeerId.random(random).toBytes();
    for (int bit = 0; bit <= bits; bit++) {
      boolean set = serverId.bitAt(bit) != (bit == bits);
      int mask = 0x80 >>> bit % Byte.SIZE;
      id[bit / Byte.SIZE] = (byte) (set ? id[bit / Byte.SIZE] | mask : id[bit / Byte.SIZE] & ~mask);
    }
    return PeerId.ofBytes(id);
  }

  @Override
  public int idleConnections() {
    return compress ? IDLE_COMPRESSED : Contender.super.idleConnections();
  }
}
