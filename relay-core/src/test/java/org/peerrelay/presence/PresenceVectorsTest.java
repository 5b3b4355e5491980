package org.peerrelay.presence;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.ThrowingConsumer;
import org.peerrelay.id.Identity;
import org.peerrelay.id.PeerId;
import org.peerrelay.presence.PresenceFrame.Push;
import org.peerrelay.wire.JsonRecord;
import org.peerrelay.wire.binary.ProtocolVectors;

/** Records and frames of presence are as the golden vectors have them. */
class PresenceVectorsTest {
  private static final HexFormat HEX = HexFormat.of();
  private static final int NAME_BYTES = 29;

  private static Stream<DynamicTest> each(String member, ThrowingConsumer<JsonRecord> check) {
    return DynamicTest.stream(
        ProtocolVectors.all(member).stream(), entry -> entry.text("name"), check);
  }

  /** The record, out of a frame that has nothing else in it. */
  private static SignedRecord record(byte[] bytes) throws MalformedPresenceException {
    byte[] frame = new byte[1 + bytes.length];
    frame[0] = 5;
    System.arraycopy(bytes, 0, frame, 1, bytes.length);
    PresenceFrame read = FrameCodec.decode(frame).orElseThrow();
    assertArrayEquals(frame, FrameCodec.encode(read));
    return ((Push) read).records().get(0);
  }

  @TestFactory
  Stream<DynamicTest> recordsSayAndAreSignedAndMarkedAsTheVectorsSay() {
    return each("presenceRecords", PresenceVectorsTest::checkRecord);
  }

  private static void checkRecord(JsonRecord entry) throws Exception {
    SignedRecord record = record(entry.bytes("bytes"));
    byte[] signed = record.signedBytes(HexFormat.fromHexDigitsToLong(entry.text("presence")));

    checkMeaning(entry.record("means"), record);
    assertEquals(entry.text("signed"), HEX.formatHex(signed));
    assertEquals(entry.text("mark"), HEX.toHexDigits(record.mark()));
    byte[] publicKey = publicKey(record.peer());
    assertEquals(entry.flag("holds"), Identity.verify(publicKey, signed, record.signature()));
  }

  private static byte[] publicKey(PeerId peer) {
    return ProtocolVectors.all("keys").stream()
        .filter(key -> key.text("id").equals(peer.hex()))
        .findFirst()
        .orElseThrow()
        .bytes("publicKey");
  }

  private static void checkMeaning(JsonRecord means, SignedRecord record) {
    assertEquals(means.text("record"), record instanceof LinksRecord ? "links" : "data");
    assertEquals(means.text("peer"), record.peer().hex());
    assertEquals(means.text("version"), String.valueOf(record.version()));
    assertEquals(means.text("signature"), HEX.formatHex(record.signature()));
    if (record instanceof LinksRecord links) {
      assertEquals(means.texts("links"), links.neighbours().stream().map(PeerId::hex).toList());
    } else if (record instanceof DataRecord data) {
      assertEquals(means.text("data"), HEX.formatHex(data.data()));
    }
  }

  @Test
  void sumsAreThoseOfTheVectors() throws Exception {
    for (JsonRecord entry : ProtocolVectors.all("presenceSums")) {
      RecordStore store = new RecordStore(100);
      for (String name : entry.texts("records")) {
        SignedRecord record = named(name);
        if (!store.isMember(record.peer())) {
          store.add(record.peer());
        }
        store.put(record);
      }
      for (int part = 0; part < RecordStore.PARTS; part++) {
        assertEquals(entry.texts("sums").get(part), HEX.toHexDigits(store.sum(part)));
      }
    }
  }

  /** The record of the vectors that is called so. */
  private static SignedRecord named(String name) throws MalformedPresenceException {
    for (JsonRecord entry : ProtocolVectors.all("presenceRecords")) {
      if (entry.text("bytes").startsWith(name)) {
        assertEquals(2 * NAME_BYTES, name.length());
        return record(entry.bytes("bytes"));
      }
    }
    throw new AssertionError(name + ": none (expected: a record of that name)");
  }

  @TestFactory
  Stream<DynamicTest> framesAreReadAndWrittenAsTheVectorsSay() {
    return each("presenceFrames", PresenceVectorsTest::checkFrame);
  }

  private static void checkFrame(JsonRecord entry) throws Exception {
    byte[] bytes = entry.bytes("frame");
    Optional<PresenceFrame> read = FrameCodec.decode(bytes);

    assertEquals(entry.isNull("means"), read.isEmpty());
    if (read.isPresent()) {
      PresenceFrame means = PresenceMeanings.frame(entry.record("means"));
      assertArrayEquals(FrameCodec.encode(means), FrameCodec.encode(read.get()));
      assertEquals(means.getClass(), read.get().getClass());
    }
    if (entry.flag("canonical")) {
      assertArrayEquals(bytes, FrameCodec.encode(read.orElseThrow()));
    }
  }

  @TestFactory
  Stream<DynamicTest> whatTheVectorsCallMalformedIs() {
    List<JsonRecord> all = ProtocolVectors.all("presenceMalformed");
    return all.stream()
        .map(
            entry ->
                dynamicTest(
                    entry.text("name"),
                    () ->
                        assertThrows(
                            MalformedPresenceException.class,
                            () -> FrameCodec.decode(entry.bytes("frame")))));
  }
}
