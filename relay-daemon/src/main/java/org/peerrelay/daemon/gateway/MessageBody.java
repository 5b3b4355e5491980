package org.peerrelay.daemon.gateway;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.peerrelay.daemon.http.ProblemException;
import org.peerrelay.message.Payload;

/** What a session sends, by the type of the request's body. */
final class MessageBody {
  private static final String BYTES = "application/octet-stream";

  private MessageBody() {}

  /**
   * The payload; what names no type is bytes. Whether it is JSON is checked where it is sent.
   *
   * @throws ProblemException if it is of another type, or JSON that is no UTF-8
   */
  static Payload read(@Nullable String contentType, byte[] body) throws ProblemException {
    String type =
        contentType == null ? BYTES : contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    if (type.equals(BYTES)) {
      return Payload.bytes(body);
    }
    if (!type.equals("application/json") && !type.endsWith("+json")) {
      throw GatewayRefusal.MEDIA_TYPE.exception();
    }
    try {
      return Payload.json(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString());
    } catch (CharacterCodingException e) {
      throw GatewayRefusal.UNREADABLE.exception();
    }
  }
}
