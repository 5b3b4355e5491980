package org.peerrelay.message;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class PayloadTest {
  private static final byte[] BYTES = {1, -1, 0};

  @Test
  void bytesAreKeptAsTheyAre() {
    Payload payload = Payload.bytes(BYTES);

    assertEquals(Payload.Kind.BYTES, payload.kind());
    assertArrayEquals(BYTES, payload.toBytes());
    assertEquals(3, payload.sizeBytes());
  }

  @Test
  void changingTheArrayAfterwardsChangesNothing() {
    byte[] array = BYTES.clone();
    Payload payload = Payload.bytes(array);
    array[0] = 9;
    payload.toBytes()[1] = 9;

    assertArrayEquals(BYTES, payload.toBytes());
  }

  @Test
  void jsonIsKeptAsItIsWritten() {
    Payload payload = Payload.json("{ \"a\":\"\u4e16\" }");

    assertEquals(Payload.Kind.JSON, payload.kind());
    assertEquals("{ \"a\":\"\u4e16\" }", payload.jsonText());
  }

  @Test
  void theSizeOfJsonIsThatOfItsUtf8() {
    assertEquals(5, Payload.json("\"\u4e16\"").sizeBytes());
    assertEquals(5, Payload.json("\"\u4e16\"").toBytes().length);
  }

  @Test
  void undefinedHoldsNothing() {
    assertEquals(Payload.Kind.UNDEFINED, Payload.undefined().kind());
    assertEquals(0, Payload.undefined().sizeBytes());
  }

  @Test
  void onlyJsonHasAText() {
    Exception refusal =
        assertThrows(IllegalStateException.class, () -> Payload.bytes(BYTES).jsonText());

    assertEquals("payload kind: BYTES (expected: JSON)", refusal.getMessage());
  }

  @Test
  void equalContentOfOneKindIsEqual() {
    assertEquals(Payload.bytes(BYTES), Payload.bytes(BYTES.clone()));
    assertEquals(Payload.bytes(BYTES).hashCode(), Payload.bytes(BYTES.clone()).hashCode());
    assertEquals(Payload.json("1"), Payload.json("1"));
  }

  @Test
  void equalContentOfAnotherKindIsNot() {
    assertNotEquals(Payload.json("1"), Payload.bytes(new byte[] {'1'}));
    assertNotEquals(Payload.undefined(), Payload.bytes(new byte[0]));
    assertNotEquals(Payload.undefined(), Payload.json("null"));
  }

  @Test
  void otherContentIsNotEqual() {
    assertNotEquals(Payload.json("1"), Payload.json("1.0"));
  }

  @Test
  void theTextForLogsShowsNoContent() {
    assertEquals("JSON[8 bytes]", Payload.json("\"secret\"").toString());
  }
}
