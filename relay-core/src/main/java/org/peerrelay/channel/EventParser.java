package org.peerrelay.channel;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.BiConsumer;

/**
 * Reads an event stream as it comes (WHATWG HTML, section 9.2.6): bytes in, events out. Ids and
 * retry times are of no use here, since whoever comes back is another member.
 */
final class EventParser {
  /** A stream of one endless line or event would else take all memory. */
  static final int MAX_EVENT_BYTES = 4 * 1_024 * 1_024;

  private static final String BOM = "\ufeff";

  private final BiConsumer<String, String> onEvent;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private final StringBuilder data = new StringBuilder();
  private String event = "";
  private boolean afterCarriageReturn;
  private boolean begun;

  /** Hands each event's name and data to {@code onEvent}. */
  EventParser(BiConsumer<String, String> onEvent) {
    this.onEvent = onEvent;
  }

  /**
   * Takes the next bytes.
   *
   * @throws IOException if an event is larger than 4 MiB
   */
  void feed(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      byte next = bytes.get();
      boolean secondHalf = next == '\n' && afterCarriageReturn;
      afterCarriageReturn = next == '\r';
      if (secondHalf) {
        continue;
      }
      if (next == '\n' || next == '\r') {
        onLine();
      } else if (line.size() + data.length() >= MAX_EVENT_BYTES) {
        throw new IOException("event: too large (expected: " + MAX_EVENT_BYTES + " bytes)");
      } else {
        line.write(next);
      }
    }
  }

  private void onLine() {
    String text = line.toString(StandardCharsets.UTF_8);
    line.reset();
    if (!begun && text.startsWith(BOM)) {
      text = text.substring(1);
    }
    begun = true;
    if (text.isEmpty()) {
      dispatch();
      return;
    }
    int colon = text.indexOf(':');
    String field = colon < 0 ? text : text.substring(0, colon);
    String value = colon < 0 ? "" : text.substring(colon + 1);
    if (value.startsWith(" ")) {
      value = value.substring(1);
    }
    switch (field) {
      case "event" -> event = value;
      case "data" -> data.append(value).append('\n');
      default -> {}
    }
  }

  private void dispatch() {
    String name = event.isEmpty() ? "message" : event;
    event = "";
    if (data.length() > 0) {
      String value = data.substring(0, data.length() - 1);
      data.setLength(0);
      onEvent.accept(name, value);
    }
  }
}
