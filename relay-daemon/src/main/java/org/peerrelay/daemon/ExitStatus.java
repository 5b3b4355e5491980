package org.peerrelay.daemon;

import java.util.LinkedHashMap;
import java.util.Map;

/** How the process ends; {@code --help} lists these. */
enum ExitStatus {
  OK(0, "done, or ended by SIGTERM or SIGINT"),
  FAILED(1, "the system refused: port, host, identity, file or standard output"),
  USAGE(2, "a wrong option, URL, id or payload"),
  NO_LINK(3, "no relay answered in time (send, ping, trace, bench, status)"),
  TOO_LARGE(4, "the payload is larger than 65,536 bytes (send)"),
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

  /** All codes and what they mean, in order. */
  static Map<String, String> meanings() {
    Map<String, String> meanings = new LinkedHashMap<>();
    for (ExitStatus status : values()) {
      meanings.put(Integer.toString(status.code), status.meaning);
    }
    return meanings;
  }
}
