package org.peerrelay.channel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Event streams of all shapes, in pieces of all sizes. */
class EventParserTest {
  private static List<String> parse(String stream, int pieceBytes) throws IOException {
    List<String> events = new ArrayList<>();
    EventParser parser = new EventParser((event, data) -> events.add(event + "=" + data));
    byte[] bytes = stream.getBytes(UTF_8);
    for (int i = 0; i < bytes.length; i += pieceBytes) {
      parser.feed(ByteBuffer.wrap(bytes, i, Math.min(pieceBytes, bytes.length - i)));
    }
    return events;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 1_000})
  void eventsAreReadHoweverTheyArrive(int pieceBytes) throws IOException {
    String stream =
        String.join(
            "\n\n",
            "\ufeff:hello",
            "event: a\ndata: {\"x\": 1}",
            "data:\u043f\u0440\u0438\r\ndata: two\r\n\r\nevent:b\rdata\r\rid: 7",
            "unknown: x\ndata: last",
            "event: none",
            "event: cut off\ndata: x\n");
    assertEquals(
        List.of("a={\"x\": 1}", "message=\u043f\u0440\u0438\ntwo", "b=", "message=last"),
        parse(stream, pieceBytes));
  }

  @Test
  void anEndlessLineIsNotKept() {
    String line = "data: " + "x".repeat(EventParser.MAX_EVENT_BYTES);
    assertThrows(IOException.class, () -> parse(line, 8_192));
  }

  @Test
  void anEndlessEventIsNotKept() {
    String lines = ("data: " + "x".repeat(1_000) + "\n").repeat(5_000);
    assertThrows(IOException.class, () -> parse(lines, 8_192));
  }
}
