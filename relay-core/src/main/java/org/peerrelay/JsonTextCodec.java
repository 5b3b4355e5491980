package org.peerrelay;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.peerrelay.message.Payload;
import org.peerrelay.wire.legacy.LegacyWriter;

/** JSON texts as they are, in UTF-8. */
final class JsonTextCodec implements PresenceCodec<String> {
  @Override
  public byte[] encode(String data) {
    Payload json = Payload.json(data);
    LegacyWriter.checkPayload(json);
    return json.toBytes();
  }

  @Override
  public String decode(byte[] bytes) {
    try {
      // Strict, where String's constructor would put other characters for what is no UTF-8.
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      LegacyWriter.checkPayload(Payload.json(text));
      return text;
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("data: no UTF-8", e);
    }
  }
}
