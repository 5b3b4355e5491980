package org.peerrelay.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Writes the results as one JSON object, for programs. */
final class ResultsJson {
  private ResultsJson() {}

  static void write(Path file, Results results, Machine machine, String command)
      throws IOException {
    try (JsonGenerator json = new JsonFactory().createGenerator(Files.newBufferedWriter(file))) {
      json.useDefaultPrettyPrinter();
      json.writeStartObject();
      json.writeStringField("command", command);
      json.writeObjectFieldStart("machine");
      json.writeStringField("date", machine.date().toString());
      json.writeStringField("cpu", machine.cpu());
      json.writeNumberField("cores", machine.cores());
      json.writeStringField("kernel", machine.kernel());
      json.writeStringField("java", machine.java());
      json.writeNumberField("loadAverage", machine.busyCores());
      json.writeEndObject();
      json.writeArrayFieldStart("servers");
      for (String name : results.names()) {
        writeServer(json, name, results);
      }
      json.writeEndArray();
      json.writeEndObject();
    }
  }

  private static void writeServer(JsonGenerator json, String name, Results results)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("name", name);
    Optional<Double> idleBytes = results.idleBytes(name);
    if (idleBytes.isPresent()) {
      json.writeNumberField("bytesPerIdleConnection", Math.round(idleBytes.get()));
    }
    Optional<Double> connectUs = results.connectUs(name);
    if (connectUs.isPresent()) {
      json.writeNumberField("cpuUsPerConnection", Math.round(connectUs.get()));
    }
    json.writeArrayFieldStart("loads");
    List<Cell> cells = ComparePlan.allCells().toList();
    for (Cell cell : cells) {
      Optional<Measurement> median = results.median(name, cell);
      if (median.isPresent()) {
        writeLoad(json, cell, median.get());
      }
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void writeLoad(JsonGenerator json, Cell cell, Measurement measured)
      throws IOException {
    json.writeStartObject();
    json.writeNumberField("clients", cell.clients());
    json.writeNumberField("payloadBytes", cell.payloadBytes());
    if (!cell.isFlatOut()) {
      json.writeNumberField("ratePerSecond", cell.ratePerSecond());
    }
    json.writeNumberField("cpuUsPerMessage", measured.cpuUs());
    json.writeNumberField("serverLoad", measured.serverLoad());
    json.writeNumberField("generatorLoad", measured.generatorLoad());
    json.writeNumberField("throughputPerSecond", measured.throughput());
    json.writeNumberField("lostShare", measured.lostShare());
    json.writeNumberField("faults", measured.faults());
    json.writeNumberField("p50Ms", measured.p50Ms());
    json.writeNumberField("p99Ms", measured.p99Ms());
    json.writeNumberField("p99.9Ms", measured.p999Ms());
    json.writeEndObject();
  }
}
