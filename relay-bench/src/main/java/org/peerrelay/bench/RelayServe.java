package org.peerrelay.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.peerrelay.bench.server.ServerProcess;
import org.peerrelay.daemon.RelayCommand;
import org.peerrelay.lab.load.BinaryShape;
import org.peerrelay.lab.load.Shape;

/**
 * Our relay as people run it: all that {@code relay serve} serves over HTTP on the same port, and
 * the admin listener. What its links cost beyond those of the bare relay is the price of that.
 */
record RelayServe() implements Contender {
  @Override
  public String name() {
    return "Peer Relay, protocol 2, relay serve";
  }

  @Override
  public Optional<String> missing() {
    return Optional.empty();
  }

  @Override
  public List<String> command(int port, Path folder, Purpose purpose) {
    List<String> command = new ArrayList<>(JavaContender.java(purpose));
    command.addAll(List.of(RelayCommand.class.getName(), "serve", "--host", "127.0.0.1"));
    command.addAll(List.of("--port", Integer.toString(port), "--admin-port", "0"));
    command.addAll(List.of("--identity", "none"));
    return command;
  }

  @Override
  public Shape shape(ServerProcess server, int clients, long seed) {
    return BinaryShape.fresh(clients);
  }

  @Override
  public boolean isJvm() {
    return true;
  }
}
