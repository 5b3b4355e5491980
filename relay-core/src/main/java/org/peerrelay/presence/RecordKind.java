package org.peerrelay.presence;

import java.nio.charset.StandardCharsets;

/** What a record is about: neither kind of change carries the other's content. */
public enum RecordKind {
  /** With whom a peer is linked. */
  LINKS(1, "links"),
  /** The data that a peer shows to others. */
  DATA(2, "data");

  private final int code;
  private final String domain;

  RecordKind(int code, String name) {
    this.code = code;
    this.domain = "peer-relay.2 presence " + name + "\0";
  }

  /** Its number in a frame. */
  int code() {
    return code;
  }

  /** What a signature begins with, so that it is of no use for anything else. */
  byte[] domain() {
    return domain.getBytes(StandardCharsets.US_ASCII);
  }

  /** How many bytes {@link #domain()} has. */
  int domainBytes() {
    return domain.length();
  }
}
