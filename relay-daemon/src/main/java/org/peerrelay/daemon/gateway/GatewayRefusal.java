package org.peerrelay.daemon.gateway;

import java.util.Map;
import org.peerrelay.daemon.http.Problem;
import org.peerrelay.daemon.http.ProblemException;
import org.peerrelay.message.DropReason;

/** Why a request of a session, or its message, goes no further. */
enum GatewayRefusal {
  NO_TOKEN(401, "no-token", "Authorization: none (expected: Bearer and the session's token)"),
  BAD_TOKEN(401, "bad-token", "token: no session's (expected: that of a session that goes on)"),
  UNREADABLE(400, "unreadable-body", "body: no JSON value (expected: one in UTF-8)"),
  MEDIA_TYPE(
      415,
      "media-type",
      "Content-Type: unknown (expected: application/json or application/octet-stream)"),
  NOT_ACCEPTABLE(406, "not-acceptable", "Accept: no event stream (expected: text/event-stream)"),
  NO_PEER(404, "no-peer", "peer: no relay knows a way to it (expected: the id of one that is on)"),
  TOO_LARGE(413, "message-too-large", "message: too large for the way to its receiver"),
  PEER_BUSY(429, "peer-busy", "peer: its queue is full (expected: that it reads what is sent)"),
  SESSION_RATE(429, "session-rate", "messages: too many a second of this session"),
  RELAY_RATE(429, "relay-rate", "messages: too many a second for a relay on the way"),
  TOO_MANY_SESSIONS(503, "too-many-sessions", "sessions: too many on this relay"),
  TOO_MANY_FROM_ADDRESS(
      429, "too-many-sessions-of-address", "sessions: too many of your address of late"),
  NO_LINK(503, "no-link", "session: not linked with its relay (expected: in a moment)");

  private final int status;
  private final String reason;
  private final String detail;

  GatewayRefusal(int status, String reason, String detail) {
    this.status = status;
    this.reason = reason;
    this.detail = detail;
  }

  /** The name under which it is told and counted. */
  String reason() {
    return reason;
  }

  ProblemException exception() {
    return new ProblemException(new Problem(status, reason, detail), headers());
  }

  private Map<String, String> headers() {
    return switch (this) {
      case NO_TOKEN -> Map.of("WWW-Authenticate", "Bearer");
      case BAD_TOKEN -> Map.of("WWW-Authenticate", "Bearer error=\"invalid_token\"");
      case SESSION_RATE -> Map.of("Retry-After", "1");
      default -> Map.of();
    };
  }

  /** What a drop means to the author. */
  static GatewayRefusal of(DropReason reason) {
    return switch (reason) {
      case QUEUE_FULL -> PEER_BUSY;
      case RATE_LIMITED -> RELAY_RATE;
      case TOO_LARGE -> TOO_LARGE;
      case NO_LINK, CLOSED -> NO_LINK;
      default -> NO_PEER;
    };
  }
}
