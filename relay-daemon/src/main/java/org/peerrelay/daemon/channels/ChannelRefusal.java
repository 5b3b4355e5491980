package org.peerrelay.daemon.channels;

import java.util.Map;
import org.peerrelay.daemon.http.Problem;
import org.peerrelay.daemon.http.ProblemException;

/** Why a request about a channel is refused. */
enum ChannelRefusal {
  NOT_ACCEPTABLE(406, "not-acceptable", "Accept: no event stream (expected: text/event-stream)"),
  NO_CHANNEL(404, "no-channel", "channel: no such id (expected: one whose owner is there)"),
  NO_MEMBER(404, "no-member", "cid: nobody in this channel (expected: a member, or none)"),
  /**
   * With the challenge that RFC 9110 (section 15.5.2) wants; the token itself comes in the body.
   */
  BAD_TOKEN(
      401, "bad-token", "token: nobody's in this channel (expected: that of a connect event)"),
  UNREADABLE(400, "unreadable-body", "body: unreadable (expected: a JSON object or a form)"),
  NO_DATA(400, "no-data", "data: none (expected: what to signal)"),
  TOO_MANY_CHANNELS(503, "too-many-channels", "channels: too many on this server"),
  TOO_MANY_FROM_ADDRESS(429, "too-many-channels-of-address", "channels: too many of your address"),
  CHANNEL_FULL(503, "channel-full", "channel: full (expected: fewer members)");

  private static final String CHALLENGE = "Bearer realm=\"channel\", error=\"invalid_token\"";

  private final int status;
  private final String reason;
  private final String detail;

  ChannelRefusal(int status, String reason, String detail) {
    this.status = status;
    this.reason = reason;
    this.detail = detail;
  }

  int status() {
    return status;
  }

  /** The name under which it is told and counted. */
  String reason() {
    return reason;
  }

  ProblemException exception() {
    Problem problem = new Problem(status, reason, detail);
    return new ProblemException(
        problem, this == BAD_TOKEN ? Map.of("WWW-Authenticate", CHALLENGE) : Map.of());
  }
}
