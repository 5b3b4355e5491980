package org.peerrelay.bench.shape;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PacketSplitterTest {
  private static final byte[] STREAM =
      "1a 3abc 0 2xy 9123456789 ".getBytes(StandardCharsets.US_ASCII);

  /** A digit that says how many bytes follow, these, and a space. */
  private static int length(ByteBuf in, int index, int available) {
    return in.getByte(index) - '0' + 2;
  }

  private static List<String> split(int... cuts) {
    PacketSplitter splitter = new PacketSplitter(PacketSplitterTest::length);
    List<String> packets = new ArrayList<>();
    int from = 0;
    for (int i = 0; i <= cuts.length; i++) {
      int to = i < cuts.length ? cuts[i] : STREAM.length;
      splitter.split(
          Unpooled.wrappedBuffer(STREAM),
          from,
          to - from,
          (in, index, length) ->
              packets.add(in.toString(index, length, StandardCharsets.US_ASCII)));
      from = to;
    }
    return packets;
  }

  @Test
  void packetsAreTheSameWhereverTheStreamIsCut() {
    List<String> packets = List.of("1a ", "3abc ", "0 ", "2xy ", "9123456789 ");

    assertEquals(packets, split());
    for (int first = 0; first <= STREAM.length; first++) {
      for (int second = first; second <= STREAM.length; second++) {
        assertEquals(packets, split(first, second), first + ", " + second);
      }
    }
  }
}
