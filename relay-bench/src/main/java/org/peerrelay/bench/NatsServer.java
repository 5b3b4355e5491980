package org.peerrelay.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.peerrelay.bench.server.ServerProcess;
import org.peerrelay.bench.shape.NatsShape;
import org.peerrelay.lab.load.Shape;

/** nats-server, over WebSocket. */
record NatsServer() implements Contender {
  @Override
  public String name() {
    return "nats-server";
  }

  @Override
  public Optional<String> missing() {
    return Executables.missing("nats-server", "Debian has it in the package nats-server");
  }

  @Override
  public List<String> command(int port, Path folder, Purpose purpose) throws IOException {
    Path config = folder.resolve("nats.conf");
    Files.writeString(
        config,
        """
        listen: "127.0.0.1:%d"
        websocket { listen: "127.0.0.1:%d", no_tls: true }
        """
            .formatted(ServerProcess.freePort(), port));
    return List.of(
        Executables.find("nats-server").orElseThrow().toString(), "-c", config.toString());
  }

  @Override
  public Shape shape(ServerProcess server, int clients, long seed) {
    return new NatsShape();
  }
}
