package org.peerrelay.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.peerrelay.bench.server.ServerProcess;
import org.peerrelay.bench.shape.MqttShape;
import org.peerrelay.lab.load.Shape;

/** The MQTT broker mosquitto, over WebSocket. */
record Mosquitto() implements Contender {
  @Override
  public String name() {
    return "mosquitto";
  }

  @Override
  public Optional<String> missing() {
    return Executables.missing("mosquitto", "Debian has it in the package mosquitto");
  }

  /** Does not start without a listener of plain MQTT. */
  @Override
  public List<String> command(int port, Path folder, Purpose purpose) throws IOException {
    Path config = folder.resolve("mosquitto.conf");
    Files.writeString(
        config,
        """
        listener %d 127.0.0.1
        listener %d 127.0.0.1
        protocol websockets
        socket_domain ipv4
        allow_anonymous true
        set_tcp_nodelay true
        user root
        log_type error
        """
            .formatted(ServerProcess.freePort(), port));
    return List.of(Executables.find("mosquitto").orElseThrow().toString(), "-c", config.toString());
  }

  @Override
  public Shape shape(ServerProcess server, int clients, long seed) {
    return new MqttShape();
  }
}
