package org.peerrelay.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.peerrelay.bench.server.ServerProcess;
import org.peerrelay.bench.shape.PeerJsShape;
import org.peerrelay.lab.load.Shape;

/** The npm package peer, PeerJS's signalling server. */
record PeerJsServer(Path npmFolder) implements Contender {
  @Override
  public String name() {
    return "PeerJS server";
  }

  @Override
  public Optional<String> missing() {
    return NodePackages.missing(npmFolder, "peer");
  }

  @Override
  public List<String> command(int port, Path folder, Purpose purpose) {
    return List.of(
        "node", npmFolder.resolve("peerjs-server.mjs").toString(), Integer.toString(port));
  }

  @Override
  public Shape shape(ServerProcess server, int clients, long seed) {
    return new PeerJsShape();
  }
}
