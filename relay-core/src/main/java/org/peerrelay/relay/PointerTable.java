package org.peerrelay.relay;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.Pointer;

/**
 * At which relays peers are: the one room in which a router looks for a peer that has no link here.
 *
 * <p>Two kinds of knowledge. <em>Held</em> pointers were published to this relay, since it is among
 * the nearest to their peers' ids; they are kept until they end, and others ask for them. What this
 * relay has been <em>told</em> spares its own datagrams the way over those holders; it is forgotten
 * when it turns out wrong, or when nobody has asked for it for long.
 *
 * <p>The control loop writes. Any thread reads, and tells what turned out wrong; no locks.
 */
public final class PointerTable {
  /** A pointer and which of its relays to try; the others are for when that fails. */
  private record Entry(Pointer pointer, int preferred, long endsNs) {
    PeerId relay() {
      return pointer.relays().get(preferred);
    }

    /** The relay that {@code attempt} prefers, or the next that is not {@code self}. */
    @Nullable PeerId relayBut(PeerId self, int attempt) {
      int first = preferred + Attempts.relay(attempt);
      for (int i = 0; i < pointer.relays().size(); i++) {
        PeerId relay = pointer.relays().get((first + i) % pointer.relays().size());
        if (!relay.equals(self)) {
          return relay;
        }
      }
      return null;
    }

    boolean hasEnded(long nowNs) {
      return nowNs - endsNs >= 0;
    }

    /**
     * Whether what was told may decide. If it may be forged, it does once; and when each of its
     * relays has been tried, the attempts that evade ask others.
     */
    boolean serves(int attempt) {
      return pointer.isSigned()
          ? attempt < pointer.relays().size() || Attempts.evaded(attempt) == 0
          : attempt == Attempts.STRAIGHT;
    }
  }

  /** What was told is asked for again after so long: nobody says that a peer has moved. */
  private static final long TOLD_NS = TimeUnit.MINUTES.toNanos(1);

  private final PeerId self;
  private final int maxHeld;
  private final Counters counters;
  private final ConcurrentHashMap<PeerId, Entry> held = new ConcurrentHashMap<>();
  private final TwoGenerations<Entry> told;

  /**
   * An empty table.
   *
   * @param self this relay: a pointer that names it, of a peer without a link here, misleads
   * @param maxHeld how many pointers it holds, and is told in each of two generations
   * @param counters is told of what there was no room to hold
   */
  PointerTable(PeerId self, int maxHeld, Counters counters) {
    this.self = self;
    this.maxHeld = maxHeld;
    this.counters = counters;
    this.told = new TwoGenerations<>(maxHeld);
  }

  /**
   * Holds {@code pointer} until it ends; tells whether it does. Not if it has ended, or is older
   * than the one that is held, or there is no room. Control loop only.
   *
   * @param ageS how many seconds of its lifetime are over
   */
  public boolean hold(Pointer pointer, int ageS, long nowNs) {
    if (ageS >= pointer.lifetimeS()) {
      return false;
    }
    Entry present = held.get(pointer.peer());
    if (present == null && held.size() >= maxHeld) {
      counters.countRefused(Refusal.POINTERS_FULL);
      return false;
    }
    boolean taken =
        present == null || present.hasEnded(nowNs) || pointer.displaces(present.pointer);
    if (taken) {
      Pointer kept = present == null ? pointer : pointer.inPlaceOf(present.pointer);
      held.put(pointer.peer(), entry(kept, ageS, nowNs));
    }
    return taken;
  }

  /** Takes {@code pointer}, which this relay has asked for, or has seen hold. */
  public void tell(Pointer pointer, long nowNs) {
    Entry present = told.get(pointer.peer());
    if (present == null || present.hasEnded(nowNs) || pointer.displaces(present.pointer)) {
      long endsNs = Math.min(entry(pointer, 0, nowNs).endsNs - nowNs, TOLD_NS) + nowNs;
      told.put(pointer.peer(), new Entry(pointer, 0, endsNs));
    }
  }

  private static Entry entry(Pointer pointer, int ageS, long nowNs) {
    return new Entry(pointer, 0, nowNs + TimeUnit.SECONDS.toNanos(pointer.lifetimeS() - ageS));
  }

  /** Where {@code peer} is, as far as is known: its relay; null if unknown. Any thread. */
  public @Nullable PeerId relayOf(PeerId peer, long nowNs) {
    return relayOf(peer, Attempts.STRAIGHT, nowNs);
  }

  /**
   * As {@link #relayOf(PeerId, long)}, each attempt another of its relays. What this relay was told
   * serves one attempt if it is not signed. If it is, it serves as many as it has relays, and of
   * those after that the ones that do not evade: the holders on the way may know better. Any
   * thread.
   */
  @Nullable PeerId relayOf(PeerId peer, int attempt, long nowNs) {
    Entry toldHere = live(told.get(peer), nowNs);
    Entry believed = toldHere != null && toldHere.serves(attempt) ? toldHere : null;
    Entry newest = newest(believed, live(held.get(peer), nowNs));
    return newest == null ? null : newest.relayBut(self, attempt);
  }

  private static @Nullable Entry live(@Nullable Entry entry, long nowNs) {
    return entry == null || entry.hasEnded(nowNs) ? null : entry;
  }

  private static @Nullable Entry newest(@Nullable Entry toldHere, @Nullable Entry heldHere) {
    if (toldHere == null || heldHere == null) {
      return toldHere == null ? heldHere : toldHere;
    }
    return toldHere.pointer.displaces(heldHere.pointer) ? toldHere : heldHere;
  }

  /** The pointer of {@code peer} that others may be told; null if none is held. Any thread. */
  public @Nullable Pointer held(PeerId peer, long nowNs) {
    Entry entry = held.get(peer);
    return entry == null || entry.hasEnded(nowNs) ? null : entry.pointer;
  }

  /**
   * How many seconds of the lifetime of the pointer that is held are over, rounded up; 0 if none
   * is. Any thread.
   */
  public int ageS(PeerId peer, long nowNs) {
    Entry entry = held.get(peer);
    return entry == null
        ? 0
        : entry.pointer.lifetimeS() - (int) TimeUnit.NANOSECONDS.toSeconds(entry.endsNs - nowNs);
  }

  /**
   * {@code relay} does not have {@code peer}: the next of its relays is tried from now on. What was
   * told is forgotten after the last of them; what is held is not, for anybody can say this. Any
   * thread.
   */
  public void notAt(PeerId peer, PeerId relay) {
    Entry entry = told.get(peer);
    if (entry != null && entry.relay().equals(relay)) {
      if (entry.preferred + 1 < entry.pointer.relays().size()) {
        told.put(peer, next(entry));
      } else {
        told.remove(peer, entry);
      }
    }
    held.computeIfPresent(
        peer, (id, present) -> present.relay().equals(relay) ? next(present) : present);
  }

  private static Entry next(Entry entry) {
    int next = (entry.preferred + 1) % entry.pointer.relays().size();
    return new Entry(entry.pointer, next, entry.endsNs);
  }

  /** Held pointers whose peers pass {@code wanted}. Control loop only. */
  public List<Pointer> held(Predicate<PeerId> wanted, long nowNs) {
    List<Pointer> found = new ArrayList<>();
    held.forEach(
        (peer, entry) -> {
          if (!entry.hasEnded(nowNs) && wanted.test(peer)) {
            found.add(entry.pointer);
          }
        });
    return found;
  }

  /** Forgets what has ended. Control loop only. */
  public void sweep(long nowNs) {
    Iterator<Map.Entry<PeerId, Entry>> entries = held.entrySet().iterator();
    while (entries.hasNext()) {
      if (entries.next().getValue().hasEnded(nowNs)) {
        entries.remove();
      }
    }
  }

  /** How many pointers are held. Any thread. */
  public int size() {
    return held.size();
  }
}
