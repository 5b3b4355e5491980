package org.peerrelay.transport;

import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.peerrelay.relay.Refusal;
import org.peerrelay.routing.AddressBlock;

/**
 * How many connections each address has, and how fast it has made them. An address without
 * connections is kept for as long as its pace counts, a second at most. Not thread-safe.
 */
final class AddressTable {
  /**
   * So many addresses without connections are remembered; beyond that the oldest is forgotten.
   * Whoever has a /48 of IPv6 has as many addresses.
   */
  static final int MAX_RESTING = 65_536;

  private static final long BURST_NS = TimeUnit.SECONDS.toNanos(1);

  private static final class Entry {
    private int connections;

    /** When all connections so far would have come, at a steady pace. */
    private long doneNs;

    private Entry(long nowNs) {
      this.doneNs = nowNs;
    }

    private @Nullable Refusal add(ConnectionLimits limits, long nowNs) {
      if (connections >= limits.maxConnectionsPerAddress()) {
        return Refusal.ADDRESS_FULL;
      }
      if (doneNs - nowNs < 0) {
        doneNs = nowNs;
      }
      long intervalNs = BURST_NS / limits.connectionsPerS();
      if (doneNs - nowNs > BURST_NS - intervalNs) {
        return Refusal.ADDRESS_RATE;
      }
      doneNs += intervalNs;
      connections++;
      return null;
    }
  }

  private final Map<AddressBlock, Entry> connected = new HashMap<>();

  /** Those without connections, in the order in which they lost the last. */
  private final LinkedHashMap<AddressBlock, Entry> resting = new LinkedHashMap<>();

  /** A connection of {@code address} has come; why it cannot stay, or null if it can. */
  @Nullable Refusal add(AddressBlock address, ConnectionLimits limits, long nowNs) {
    forget(nowNs);
    Entry entry = connected.get(address);
    if (entry != null) {
      return entry.add(limits, nowNs);
    }
    entry = resting.remove(address);
    if (entry == null) {
      entry = new Entry(nowNs);
    }
    Refusal refusal = entry.add(limits, nowNs);
    (refusal == null ? connected : resting).put(address, entry);
    return refusal;
  }

  /** A connection of {@code address} has ended that was added. */
  void remove(AddressBlock address) {
    Entry entry = connected.get(address);
    if (entry == null || --entry.connections > 0) {
      return;
    }
    connected.remove(address);
    resting.put(address, entry);
    if (resting.size() > MAX_RESTING) {
      Iterator<AddressBlock> oldest = resting.keySet().iterator();
      oldest.next();
      oldest.remove();
    }
  }

  private void forget(long nowNs) {
    Iterator<Entry> oldest = resting.values().iterator();
    while (oldest.hasNext() && oldest.next().doneNs - nowNs <= 0) {
      oldest.remove();
    }
  }

  /** How many addresses are remembered. */
  int size() {
    return connected.size() + resting.size();
  }
}
