package org.peerrelay.presence;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerrelay.id.PeerId;
import org.peerrelay.presence.PresenceFrame.Accept;
import org.peerrelay.presence.PresenceFrame.Alive;
import org.peerrelay.presence.PresenceFrame.Announce;
import org.peerrelay.presence.PresenceFrame.AnnounceOnly;
import org.peerrelay.presence.PresenceFrame.Answer;
import org.peerrelay.presence.PresenceFrame.Ask;
import org.peerrelay.presence.PresenceFrame.AskPages;
import org.peerrelay.presence.PresenceFrame.Digest;
import org.peerrelay.presence.PresenceFrame.Disconnect;
import org.peerrelay.presence.PresenceFrame.Fetch;
import org.peerrelay.presence.PresenceFrame.Page;
import org.peerrelay.presence.PresenceFrame.PeerVersions;
import org.peerrelay.presence.PresenceFrame.Push;
import org.peerrelay.presence.PresenceFrame.Versions;

class FrameCodecTest {
  private static final PeerId A = new PeerId(1, 2, 3);
  private static final PeerId B = new PeerId(-1, 2, 0x01020304);
  private static final LinksRecord LINKS = TestSignatures.links(A, 7, B, TestSwarm.id(5));
  private static final DataRecord DATA = TestSignatures.data(B, 8, new byte[] {1, 2, 3});

  static List<PresenceFrame> frames() {
    long[] sums = new Random(1).longs(RecordStore.PARTS).toArray();
    List<RecordId> ids = List.of(LINKS.id(), DATA.id());
    return List.of(
        new Ask(true),
        new Ask(false),
        new Accept(),
        new Disconnect(DisconnectReason.REPLACED),
        new Alive(-2),
        new Push(List.of(LINKS, DATA, TestSignatures.links(B, 1))),
        new Answer(List.of(DATA)),
        new Announce(ids),
        new Fetch(true, ids),
        new Fetch(false, ids),
        new AnnounceOnly(),
        new Digest(sums),
        new Versions(List.of(0, 255), List.of(new PeerVersions(A, 0, Long.MAX_VALUE))),
        new Versions(List.of(), List.of()),
        new AskPages(70_000, 4),
        new Page(3, 0, List.of(LINKS)));
  }

  @ParameterizedTest
  @MethodSource("frames")
  void everyFrameComesBackAsItWas(PresenceFrame frame) throws MalformedPresenceException {
    byte[] bytes = FrameCodec.encode(frame);
    assertEquals(frame.encodedBytes(), bytes.length);
    PresenceFrame read = FrameCodec.decode(bytes).orElseThrow();
    assertEquals(frame.getClass(), read.getClass());
    assertArrayEquals(bytes, FrameCodec.encode(read));
  }

  /** A frame that is cut short, or has a byte too many, is malformed or another whole frame. */
  @ParameterizedTest
  @MethodSource("frames")
  void noFrameOfAnotherLengthIsTakenForThis(PresenceFrame frame) {
    byte[] bytes = FrameCodec.encode(frame);
    for (int length = 0; length <= bytes.length + 1; length++) {
      byte[] other = Arrays.copyOf(bytes, length);
      try {
        PresenceFrame read = FrameCodec.decode(other).orElseThrow();
        assertArrayEquals(other, FrameCodec.encode(read));
      } catch (MalformedPresenceException e) {
        assertTrue(e.toString().contains("(expected: "), e::toString);
      }
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void noiseIsRefusedOrRead(long seed) {
    Random random = new Random(seed);
    List<PresenceFrame> frames = frames();
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = FrameCodec.encode(frames.get(random.nextInt(frames.size())));
      for (int flips = random.nextInt(3); flips >= 0; flips--) {
        bytes[random.nextInt(Math.min(bytes.length, 40))] = (byte) random.nextInt();
      }
      try {
        FrameCodec.decode(bytes)
            .ifPresent(read -> assertEquals(bytes.length, read.encodedBytes(), "seed " + seed));
      } catch (MalformedPresenceException e) {
        assertTrue(e.toString().contains("(expected: "), e::toString);
      }
    }
  }

  @Test
  void whatIsSignedNamesThePresenceAndTheKind() {
    String links = HexFormat.of().formatHex(LINKS.signedBytes(0x0102030405060708L));
    assertTrue(
        links.startsWith(
            HexFormat.of().formatHex("peer-relay.2 presence links\0".getBytes(US_ASCII))
                + "0102030405060708"
                + A.hex()
                + "0000000000000007"
                + "02"),
        links);
    String data = HexFormat.of().formatHex(DATA.signedBytes(1));
    assertEquals(
        HexFormat.of().formatHex("peer-relay.2 presence data\0".getBytes(US_ASCII))
            + "0000000000000001"
            + B.hex()
            + "0000000000000008"
            + "0003010203",
        data);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", // nothing
        "0102", // a flag that is none
        "01", // no flags
        "0200", // more than its fields
        "07", // no name
        "0703" + "00000000000000000000000000000000000000000000000000000001", // kind of record
        "0701" + "0000000000000000000000000000000000000000" + "0000000000000000", // version 0
        "0701" + "0000000000000000000000000000000000000000" + "8000000000000000", // and 2^63
        "0c8000000001", // a cursor of 2^31
        "0b000205" + "05", // a part that stands twice
        "0b0101", // more parts than there are
        "05010000000000000000000000000000000000000000" + "0000000000000001" + "11", // 17 links
      })
  void whatIsNotInTheFormatIsMalformed(String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex);
    assertThrows(MalformedPresenceException.class, () -> FrameCodec.decode(bytes));
  }

  @Test
  void linksAreInOrderAndWithOthers() {
    for (List<PeerId> neighbours : List.of(List.of(B, A), List.of(A, A), List.of(LINKS.peer()))) {
      LinksRecord record =
          new LinksRecord(LINKS.peer(), 1, neighbours, new byte[SignedRecord.SIGNATURE_BYTES]);
      byte[] bytes = FrameCodec.encode(new Push(List.of(record)));
      assertThrows(MalformedPresenceException.class, () -> FrameCodec.decode(bytes));
    }
  }

  @Test
  void kindsOfLaterVersionsAreNotMalformed() throws MalformedPresenceException {
    assertTrue(FrameCodec.decode(new byte[] {0}).isEmpty());
    assertTrue(FrameCodec.decode(new byte[] {14, 1, 2}).isEmpty());
    Disconnect later = (Disconnect) FrameCodec.decode(new byte[] {3, 99}).orElseThrow();
    assertEquals(DisconnectReason.OTHER, later.reason());
  }

  @Test
  void noFrameIsLongerThanMayBe() {
    byte[] bytes = new byte[PresenceFrame.MAX_BYTES + 1];
    assertThrows(MalformedPresenceException.class, () -> FrameCodec.decode(bytes));
  }
}
