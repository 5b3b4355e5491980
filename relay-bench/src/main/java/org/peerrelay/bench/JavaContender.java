package org.peerrelay.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.peerrelay.bench.server.ServerProcess;
import org.peerrelay.lab.load.Shape;

/**
 * A server of this repository, all with the same options for the JVM.
 *
 * @param mainClass is told the port as its first argument
 * @param arguments what else it is told
 * @param shapes how it is spoken to
 */
record JavaContender(String name, Class<?> mainClass, List<String> arguments, Shapes shapes)
    implements Contender {
  private static final List<String> ALWAYS =
      List.of("-XX:+UseSerialGC", "-XX:ActiveProcessorCount=1", "-Xmx512m");
  private static final List<String> FOR_LOAD = List.of("-Xms512m");
  private static final List<String> FOR_IDLE =
      List.of("-Xms8m", "-XX:MinHeapFreeRatio=5", "-XX:MaxHeapFreeRatio=10");

  /** Makes shapes. */
  @FunctionalInterface
  interface Shapes {
    /**
     * That of {@code clients} clients, whose ids are drawn from {@code random} where they can be.
     */
    Shape of(int clients, RandomGenerator random);
  }

  /** The options, for the page of results. */
  static String options() {
    return String.join(" ", ALWAYS)
        + ", for load "
        + String.join(" ", FOR_LOAD)
        + ", for idle connections "
        + String.join(" ", FOR_IDLE);
  }

  @Override
  public Optional<String> missing() {
    return Optional.empty();
  }

  /** The beginning of a command that runs a class of this repository. */
  static List<String> java(Purpose purpose) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ALWAYS);
    command.addAll(purpose == Purpose.LOAD ? FOR_LOAD : FOR_IDLE);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    return command;
  }

  @Override
  public List<String> command(int port, Path folder, Purpose purpose) {
    List<String> command = new ArrayList<>(java(purpose));
    command.addAll(List.of(mainClass.getName(), Integer.toString(port)));
    command.addAll(arguments);
    return command;
  }

  @Override
  public Shape shape(ServerProcess server, int clients, long seed) {
    return shapes.of(clients, new SplittableRandom(seed));
  }

  @Override
  public boolean isJvm() {
    return true;
  }
}
