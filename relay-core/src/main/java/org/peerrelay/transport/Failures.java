package org.peerrelay.transport;

import io.netty.handler.codec.CorruptedFrameException;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import org.peerrelay.message.CloseReason;

/** What an exception of the pipeline means for the connection. */
final class Failures {
  private Failures() {}

  /** The reason to close with: what came was too large, or no WebSocket, or the socket broke. */
  static CloseReason closeReason(Throwable cause) {
    if (cause instanceof CorruptedWebSocketFrameException corrupted) {
      return corrupted.closeStatus().code() == CloseReason.TOO_LARGE.code()
          ? CloseReason.TOO_LARGE
          : CloseReason.MALFORMED;
    }
    return cause instanceof CorruptedFrameException ? CloseReason.MALFORMED : CloseReason.BROKEN;
  }

  /** The close code to send: WebSocket tells broken text from a broken protocol. */
  static int closeCode(Throwable cause) {
    return cause instanceof CorruptedWebSocketFrameException corrupted
        ? corrupted.closeStatus().code()
        : closeReason(cause).code();
  }
}
