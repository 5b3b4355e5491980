package org.peerrelay.lab.simulation;

import java.util.EnumMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import org.peerrelay.message.MessageKind;

/** Counts frames and their bytes by what is in them. */
final class SentFrames {
  private static final class Count {
    long frames;
    long bytes;

    void add(int sizeBytes) {
      frames++;
      bytes += sizeBytes;
    }
  }

  private final Map<MessageKind, Count> datagrams = new EnumMap<>(MessageKind.class);
  private final Count keepAlive = new Count();
  private final Count opening = new Count();

  void count(MessageKind kind, int sizeBytes) {
    datagrams.computeIfAbsent(kind, unseen -> new Count()).add(sizeBytes);
  }

  void countKeepAlive(int sizeBytes) {
    keepAlive.add(sizeBytes);
  }

  void countOpening(int sizeBytes) {
    opening.add(sizeBytes);
  }

  /** How many frames of each kind. */
  SortedMap<String, Long> frames() {
    return byKind(count -> count.frames);
  }

  /** How many bytes of each kind. */
  SortedMap<String, Long> bytes() {
    return byKind(count -> count.bytes);
  }

  private SortedMap<String, Long> byKind(ToLongFunction<Count> number) {
    SortedMap<String, Long> numbers = new TreeMap<>();
    datagrams.forEach((kind, count) -> numbers.put(kind.name(), number.applyAsLong(count)));
    numbers.put("KEEP_ALIVE", number.applyAsLong(keepAlive));
    numbers.put("OPENING", number.applyAsLong(opening));
    return numbers;
  }
}
