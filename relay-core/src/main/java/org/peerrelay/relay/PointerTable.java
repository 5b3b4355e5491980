package org.peerrelay.relay;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.peerrelay.id.KeyedHash;
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
  private static final class Entry {
    private static final AtomicIntegerFieldUpdater<Entry> PREFERRED =
        AtomicIntegerFieldUpdater.newUpdater(Entry.class, "preferred");

    final Pointer pointer;

    /** The pointer's, here too since the table is looked through by it. */
    final PeerId peer;

    final long endsNs;
    private volatile int preferred;

    Entry(Pointer pointer, long endsNs) {
      this.pointer = pointer;
      this.peer = pointer.peer();
      this.endsNs = endsNs;
    }

    /**
     * If {@code relay} is the one to try, the next is from now on, after the last the first again.
     */
    void notAt(PeerId relay) {
      int present = preferred;
      if (pointer.relays().get(present).equals(relay)) {
        PREFERRED.compareAndSet(this, present, (present + 1) % pointer.relays().size());
      }
    }

    /** Whether {@code relay} is the one to try, and the last. */
    boolean endsWith(PeerId relay) {
      int present = preferred;
      return present == pointer.relays().size() - 1 && pointer.relays().get(present).equals(relay);
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
  private final Held held;
  private final TwoGenerations<Entry> told;

  /** When what was told was last turned, if it ever was; owned by the control loop. */
  private long turnedNs;

  private boolean turned;

  private static final class Held extends IdTable<Entry> {
    Held(KeyedHash hash) {
      super(hash);
    }

    @Override
    PeerId idOf(Entry entry) {
      return entry.peer;
    }
  }

  /**
   * An empty table.
   *
   * @param self this relay: a pointer that names it, of a peer without a link here, misleads
   * @param maxHeld how many pointers it holds, and is told in each of two generations
   * @param hash of ids, with a secret key
   * @param counters is told of what there was no room to hold
   */
  PointerTable(PeerId self, int maxHeld, KeyedHash hash, Counters counters) {
    this.self = self;
    this.maxHeld = maxHeld;
    this.held = new Held(hash);
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
    Entry living = live(present, nowNs);
    boolean taken = living == null || pointer.displaces(living.pointer);
    if (taken) {
      Pointer kept = living == null ? pointer : pointer.inPlaceOf(living.pointer);
      held.put(entry(kept, ageS, nowNs));
    }
    return taken;
  }

  /** Takes {@code pointer}, which this relay has asked for, or has seen hold. */
  public void tell(Pointer pointer, long nowNs) {
    Entry present = told.get(pointer.peer());
    if (present == null || present.hasEnded(nowNs) || pointer.displaces(present.pointer)) {
      long endsNs = Math.min(entry(pointer, 0, nowNs).endsNs - nowNs, TOLD_NS) + nowNs;
      told.put(pointer.peer(), new Entry(pointer, endsNs));
    }
  }

  private static Entry entry(Pointer pointer, int ageS, long nowNs) {
    return new Entry(pointer, nowNs + TimeUnit.SECONDS.toNanos(pointer.lifetimeS() - ageS));
  }

  /** Where {@code peer} is, as far as is known: its relay; null if unknown. Any thread. */
  public @Nullable PeerId relayOf(PeerId peer, long nowNs) {
    return relayOf(peer, Attempts.STRAIGHT, true, nowNs);
  }

  /**
   * As {@link #relayOf(PeerId, long)}, each attempt another of its relays. What this relay was told
   * serves one attempt if it is not signed. If it is, it serves as many as it has relays, and of
   * those after that the ones that do not evade: the holders on the way may know better. Any
   * thread.
   *
   * @param byHeld whether what is held counts too
   */
  @Nullable PeerId relayOf(PeerId peer, int attempt, boolean byHeld, long nowNs) {
    Entry toldHere = live(told.get(peer), nowNs);
    Entry believed = toldHere != null && toldHere.serves(attempt) ? toldHere : null;
    Entry newest = newest(believed, byHeld ? live(held.get(peer), nowNs) : null);
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

  /** Whether a pointer of {@code peer} is held, which may have ended. Any thread. */
  boolean holds(PeerId peer) {
    return held.get(peer) != null;
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
    if (entry != null && entry.endsWith(relay)) {
      told.remove(peer, entry);
    } else if (entry != null) {
      entry.notAt(relay);
    }
    Entry kept = held.get(peer);
    if (kept != null) {
      kept.notAt(relay);
    }
  }

  /** Held pointers whose peers pass {@code wanted}. Control loop only. */
  public List<Pointer> held(Predicate<PeerId> wanted, long nowNs) {
    List<Pointer> found = new ArrayList<>();
    for (Entry entry : held.values()) {
      if (!entry.hasEnded(nowNs) && wanted.test(entry.peer)) {
        found.add(entry.pointer);
      }
    }
    return found;
  }

  /** Forgets what has ended. Called about once a minute, by the control loop only. */
  void sweep(long nowNs) {
    if (!turned || nowNs - turnedNs >= TOLD_NS) {
      // What was told before the last turn has ended by now.
      turned = true;
      turnedNs = nowNs;
      told.turn();
    }
    for (Entry entry : held.values()) {
      if (entry.hasEnded(nowNs)) {
        held.remove(entry);
      }
    }
  }

  /** How many pointers are held. Any thread. */
  public int size() {
    return held.size();
  }
}
