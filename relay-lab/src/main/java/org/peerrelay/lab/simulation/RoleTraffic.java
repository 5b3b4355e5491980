package org.peerrelay.lab.simulation;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the nodes of one role sent while it was measured, in bytes of WebSocket frames, their
 * headers included.
 *
 * @param controlBytesPerS of each node that was there at the end: all but users' datagrams
 * @param frames how many frames all of them sent, by kind
 * @param bytes how many bytes, by kind
 */
public record RoleTraffic(
    Distribution controlBytesPerS, SortedMap<String, Long> frames, SortedMap<String, Long> bytes) {
  /** Copies the maps. */
  public RoleTraffic {
    frames = Collections.unmodifiableSortedMap(new TreeMap<>(frames));
    bytes = Collections.unmodifiableSortedMap(new TreeMap<>(bytes));
  }
}
