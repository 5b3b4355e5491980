package org.peerrelay.daemon;

import java.util.LinkedHashMap;
import java.util.Map;

/** How the process ends; {@code --help} lists these. */
enum ExitStatus {
  OK(0, "done, or told to end by SIGTERM or SIGINT, and ended in order"),
  FAILED(1, "the system refused: port, host, identity, file or standard output"),
  USAGE(2, "a wrong option, URL, id or payload"),
  NO_LINK(3, "no relay answered in time"),
  TOO_LARGE(4, "the payload is larger than 65,536 bytes (send), or 4,096 (presence)"),
  UNDELIVERABLE(5, "no such peer, a relay says (send --wait, ping, trace)"),
  NO_ANSWER(6, "the peer did not answer in time (send --wait, ping, trace)");

  private final int code;
  private final String meaning;

  ExitStatus(int code, String meaning) {
    this.code = code;
    this.meaning = meaning;
  }

  int code() {
    return code;
  }

  /**
   * All codes and what they mean, in order; the last are those of a JVM that a signal has ended.
   */
  static Map<String, String> meanings() {
    Map<String, String> meanings = new LinkedHashMap<>();
    for (ExitStatus status : values()) {
      meanings.put(Integer.toString(status.code), status.meaning);
    }
    meanings.put(
        "130, 143",
        "ended at once by SIGINT, SIGTERM: before it had begun, by a second one (serve), or since"
            + " there was nothing to put in order (send, trace, id)");
    return meanings;
  }
}
