package org.peerrelay.wire.binary;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.peerrelay.wire.MalformedFrameException;

/** Docs/protocol.md, section 3; what is no violation is among the golden vectors. */
class HelloCodecTest {
  private static final int LOWEST = 1;
  private static final int HIGHEST = 2;
  private static final int ROLE = 3;
  private static final int FIXED_BYTES = 68;
  private static final int MAX_BYTES = 2_048;

  @Test
  void aHelloWithoutFieldsSaysNothingOfThem() throws Exception {
    Hello hello = HelloCodec.read(fixed());

    assertNull(hello.url());
    assertNull(hello.authority());
    assertNull(hello.observedAddress());
    assertEquals(65_536, hello.maxPayloadBytes());
  }

  @Test
  void fieldsMayStandInAnyOrderAndUnknownOnesAnywhere() throws Exception {
    byte[] frame =
        frame(
            field(9, ""), field(4, "[::1]:9"), field(2, "a:1"), field(9, "?"), field(1, "ws://a"));

    Hello hello = HelloCodec.read(frame);

    assertEquals("ws://a", hello.url());
    assertEquals("a:1", hello.authority());
    assertEquals("[::1]:9", hello.observedAddress());
  }

  @Test
  void fieldsOfTheirGreatestLengthAreTaken() throws Exception {
    Hello hello =
        HelloCodec.read(
            frame(field(1, "u".repeat(512)), field(2, "a".repeat(300)), field(4, "o".repeat(64))));

    assertEquals(
        new Hello(
            hello.lowestVersion(),
            hello.highestVersion(),
            hello.relay(),
            hello.publicKey(),
            hello.random(),
            "u".repeat(512),
            "a".repeat(300),
            65_536,
            "o".repeat(64),
            false),
        hello);
  }

  @Test
  void aHelloOfTheGreatestLengthIsTaken() throws Exception {
    byte[] frame = frame(field(9, "x".repeat(MAX_BYTES - FIXED_BYTES - 4)));

    assertEquals(MAX_BYTES, frame.length);
    HelloCodec.read(frame);
  }

  @Test
  void aCheckSaysSoInAFieldWithoutValue() throws Exception {
    assertFalse(HelloCodec.read(frame()).check());
    Hello hello = HelloCodec.read(frame(field(6, "")));
    assertTrue(hello.check());
    assertEquals(hello, HelloCodec.read(HelloCodec.write(hello)));
    assertThrows(MalformedFrameException.class, () -> HelloCodec.read(frame(field(6, "x"))));
    assertThrows(
        MalformedFrameException.class, () -> HelloCodec.read(frame(field(6, ""), field(6, ""))));
  }

  @Test
  void whatIsWrittenIsReadAsItWas() throws Exception {
    Hello hello =
        new Hello(
            1,
            255,
            true,
            bytes32(1),
            bytes32(2),
            "wss://ü",
            "b:2",
            Integer.MAX_VALUE,
            "[::1]:5",
            false);

    byte[] frame = HelloCodec.write(hello);

    assertEquals(hello, HelloCodec.read(frame));
    assertArrayEquals(frame, HelloCodec.write(HelloCodec.read(frame)));
  }

  @Test
  void anEmptyFrameIsMalformed() {
    assertMalformed();
  }

  @Test
  void aFrameWithoutAllOfTheRandomIsMalformed() {
    byte[] frame = new byte[FIXED_BYTES - 1];
    System.arraycopy(fixed(), 0, frame, 0, frame.length);

    assertThrows(MalformedFrameException.class, () -> HelloCodec.read(frame));
  }

  @Test
  void aFrameOverTheGreatestLengthIsMalformed() {
    assertMalformed(fixed(), field(9, "x".repeat(MAX_BYTES - FIXED_BYTES - 3)));
  }

  @Test
  void anotherKindIsMalformed() {
    assertMalformed(changed(0, LinkProof.KIND));
  }

  @Test
  void versionZeroIsMalformed() {
    assertMalformed(changed(LOWEST, 0));
  }

  @Test
  void aLowestVersionAboveTheHighestIsMalformed() {
    assertMalformed(changed(HIGHEST, 1));
  }

  @Test
  void anUnknownRoleIsMalformed() {
    assertMalformed(changed(ROLE, 2));
  }

  @Test
  void aFieldWhoseHeaderGoesOverTheEndIsMalformed() {
    assertMalformed(fixed(), new byte[] {0, 9, 0});
  }

  @Test
  void aFieldWhoseValueGoesOverTheEndIsMalformed() {
    assertMalformed(fixed(), new byte[] {0, 9, 0, 2, 7});
  }

  @Test
  void aSecondUrlIsMalformed() {
    assertMalformed(fixed(), field(1, "ws://a"), field(1, "ws://a"));
  }

  @Test
  void aSecondAuthorityIsMalformed() {
    assertMalformed(fixed(), field(2, "a:1"), field(9, ""), field(2, "b:1"));
  }

  @Test
  void aSecondLargestPayloadIsMalformed() {
    assertMalformed(fixed(), field(3, "\0\0\1\0"), field(3, "\0\0\1\0"));
  }

  @Test
  void aSecondObservedAddressIsMalformed() {
    assertMalformed(fixed(), field(4, ""), field(4, ""));
  }

  @Test
  void aUrlOver512BytesIsMalformed() {
    assertMalformed(fixed(), field(1, "u".repeat(513)));
  }

  @Test
  void anAuthorityOver300BytesIsMalformed() {
    assertMalformed(fixed(), field(2, "a".repeat(301)));
  }

  @Test
  void anObservedAddressOver64BytesIsMalformed() {
    assertMalformed(fixed(), field(4, "o".repeat(65)));
  }

  @Test
  void aLargestPayloadOfAnotherLengthThanFourBytesIsMalformed() {
    assertMalformed(fixed(), field(3, "\0\1\0"));
    assertMalformed(fixed(), field(3, "\0\0\0\1\0"));
  }

  @Test
  void aLargestPayloadOver31BitsIsMalformed() {
    assertMalformed(fixed(), new byte[] {0, 3, 0, 4, (byte) 0x80, 0, 0, 0});
  }

  @Test
  void textThatIsNoUtf8IsMalformed() {
    for (byte type : new byte[] {1, 2, 4}) {
      assertMalformed(fixed(), new byte[] {0, type, 0, 2, (byte) 0xc3, 0x28});
    }
  }

  private static void assertMalformed(byte[]... parts) {
    byte[] frame = concatenated(parts);
    assertThrows(MalformedFrameException.class, () -> HelloCodec.read(frame));
  }

  private static byte[] frame(byte[]... fields) {
    return concatenated(fixed(), concatenated(fields));
  }

  private static byte[] fixed() {
    byte[] frame = new byte[FIXED_BYTES];
    frame[0] = (byte) HelloCodec.KIND;
    frame[LOWEST] = 2;
    frame[HIGHEST] = 2;
    return frame;
  }

  private static byte[] changed(int index, int value) {
    byte[] frame = fixed();
    frame[index] = (byte) value;
    return frame;
  }

  private static byte[] field(int type, String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    byte[] header = {0, (byte) type, (byte) (bytes.length >> 8), (byte) bytes.length};
    return concatenated(header, bytes);
  }

  private static Bytes32 bytes32(int first) {
    byte[] bytes = new byte[Bytes32.LENGTH];
    bytes[0] = (byte) first;
    return Bytes32.of(bytes);
  }

  private static byte[] concatenated(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
