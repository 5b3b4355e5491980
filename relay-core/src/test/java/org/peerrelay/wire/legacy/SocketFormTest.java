package org.peerrelay.wire.legacy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.Payload;

class SocketFormTest {
  private static final String HEX = "00112233445566778899aabbccddeeff01234567";
  private static final PeerId SENDER = PeerId.ofHex(HEX);
  private static final String BYTES = "{\"type\":\"Buffer\",\"data\":[1,20,255]}";
  private static final String NPM =
      "{\"buffer\":" + BYTES + ",\"address\":\"" + HEX + "\",\"port\":7000}";

  @Test
  void isWrittenAsNpmSocketsWriteIt() {
    SocketForm form = SocketForm.of(new byte[] {1, 20, (byte) 255}, 0, 3, 7_000);

    assertEquals(Payload.json(NPM), form.write(SENDER));
  }

  @Test
  void onlyTheGivenPartOfAnArrayIsSent() {
    byte[] array = {9, 9, 1, 20, (byte) 255, 9};

    assertEquals(Payload.json(NPM), SocketForm.of(array, 2, 3, 7_000).write(SENDER));
  }

  @Test
  void laterChangesOfTheArrayAreNotSent() {
    byte[] array = {1, 20, (byte) 255};
    SocketForm form = SocketForm.of(array, 0, 3, 7_000);
    array[0] = 99;

    assertEquals(Payload.json(NPM), form.write(SENDER));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        NPM,
        "{\"buffer\":" + BYTES + ",\"address\":\"localhost\",\"port\":7000}",
        "{\"buffer\":" + BYTES + ",\"address\":\"caf\\u00e9 \\\"x\\\"\",\"port\":7000}",
        "{\"port\":7000,\"address\":\"\",\"buffer\":" + BYTES + "}",
        " {\"more\":[{\"port\":1}],\"buffer\":" + BYTES + " , \"address\":\"\" ,\"port\" : 7000 } ",
      })
  void isReadWhateverTheOrderAndTheAddress(String text) {
    SocketForm form = SocketForm.read(Payload.json(text));

    assertNotNull(form);
    assertEquals(7_000, form.port());
    assertArrayEquals(new byte[] {1, 20, (byte) 255}, bytes(form));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "\"text\"",
        "[1]",
        "{}",
        BYTES,
        "{\"buffer\":" + BYTES + ",\"address\":\"\"}",
        "{\"buffer\":" + BYTES + ",\"port\":1}",
        "{\"address\":\"\",\"port\":1}",
        "{\"buffer\":\"text\",\"address\":\"\",\"port\":1}",
        "{\"buffer\":[1,2],\"address\":\"\",\"port\":1}",
        "{\"buffer\":{\"type\":\"Buffer\",\"data\":[256]},\"address\":\"\",\"port\":1}",
        "{\"buffer\":" + BYTES + ",\"address\":5,\"port\":1}",
        "{\"buffer\":" + BYTES + ",\"address\":\"\",\"port\":\"1\"}",
        "{\"buffer\":" + BYTES + ",\"address\":\"\",\"port\":-1}",
        "{\"buffer\":" + BYTES + ",\"address\":\"\",\"port\":1.5}",
        "{\"buffer\":" + BYTES + ",\"address\":\"\",\"port\":65536}",
        "{\"buffer\":" + BYTES + ",\"address\":\"\",\"port\":1,\"port\":1}",
        "{\"buffer\":" + BYTES + ",\"address\":\"\",\"address\":\"\",\"port\":1}",
        "{\"buffer\":" + BYTES + ",\"buffer\":" + BYTES + ",\"address\":\"\",\"port\":1}",
        "{\"buffer\":" + BYTES + ",\"address\":\"\",\"port\":1} x",
        "{\"buffer\":" + BYTES + ",\"address\":\"\",\"port\":1",
      })
  void anythingElseIsNotReadAsADatagram(String text) {
    assertNull(SocketForm.read(Payload.json(text)));
  }

  @Test
  void payloadsThatAreNotJsonAreNoDatagrams() {
    assertNull(SocketForm.read(Payload.bytes(new byte[] {1})));
    assertNull(SocketForm.read(Payload.undefined()));
  }

  @Test
  void theLargestDatagramComesBackAsItWas() {
    byte[] bytes = new byte[65_507];
    Arrays.fill(bytes, (byte) 0xff);

    @Nullable SocketForm read =
        SocketForm.read(SocketForm.of(bytes, 0, bytes.length, 65_535).write(SENDER));

    assertNotNull(read);
    assertEquals(65_535, read.port());
    assertArrayEquals(bytes, bytes(read));
  }

  @Test
  void anEmptyDatagramIsOneToo() {
    SocketForm read = SocketForm.read(SocketForm.of(new byte[0], 0, 0, 0).write(SENDER));

    assertNotNull(read);
    assertEquals(0, read.sizeBytes());
    assertEquals(0, read.port());
  }

  @Test
  void aSmallerTargetGetsTheFirstBytes() {
    byte[] target = new byte[5];
    int copied = SocketForm.of(new byte[] {1, 2, 3}, 0, 3, 1).copyTo(target, 1, 2);

    assertEquals(2, copied);
    assertArrayEquals(new byte[] {0, 1, 2, 0, 0}, target);
  }

  private static byte[] bytes(SocketForm form) {
    byte[] bytes = new byte[form.sizeBytes()];
    assertEquals(bytes.length, form.copyTo(bytes, 0, bytes.length));
    return bytes;
  }
}
