package org.peerrelay.lab.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.peerrelay.id.PeerId;

/** Who attacks, from where and how. All of them are one person. */
final class Attackers {
  /** So many first bits of the attackers' ids are the victim's: more than any honest relay's. */
  private static final int SHARED_BITS = 40;

  /** Whoever eclipses somebody dials so many relays of himself. */
  private static final int MANY_BOOTSTRAPS = 64;

  /** When all are there, he dials so many honest ones that are nearest to his victim. */
  static final int SURROUNDED = 128;

  /** A part of the addresses in which nobody else is. */
  private static final int ADDRESS_PART = 1;

  private final Attack attack;
  private final int relays;
  private final RandomGenerator random;
  private final List<PeerId> ids = new ArrayList<>();
  private final PeerId victimId;
  private @Nullable Host victim;
  private boolean victimJoined;
  private int addresses;

  Attackers(Scenario scenario, RandomGenerator random) {
    this.attack = scenario.attack();
    this.relays = scenario.population().relays();
    this.random = random;
    this.victimId = PeerId.random(random);
  }

  /** Whether the relay that joins as the {@code nth} is one of them; they join among the others. */
  boolean joinsAs(int nth) {
    long before = (long) nth * attack.relays() / relays;
    return (nth + 1L) * attack.relays() / relays > before;
  }

  private boolean eclipses() {
    return attack.kind() == Attack.Kind.ECLIPSE && attack.relays() > 0;
  }

  boolean awaitsVictim() {
    return eclipses() && !victimJoined;
  }

  /** The victim joins; returns its id. */
  PeerId victimJoins() {
    victimJoined = true;
    return victimId;
  }

  void victimIs(Host host) {
    victim = host;
  }

  /** Whom they eclipse; null if nobody. */
  @Nullable Host victim() {
    return victim;
  }

  Addresses.Address address(Addresses others) {
    return attack.networks() == 0
        ? others.next()
        : Addresses.inTurn(ADDRESS_PART, attack.networks(), addresses++);
  }

  int bootstraps(int ofOthers) {
    return eclipses() ? MANY_BOOTSTRAPS : ofOthers;
  }

  /** The id of the next of them. */
  PeerId id() {
    PeerId id = PeerId.random(random);
    if (eclipses()) {
      long mask = -1L << (Long.SIZE - SHARED_BITS);
      long high = (victimId.high() & mask) | (id.high() & ~mask);
      id = new PeerId(high, id.middle(), id.low());
    }
    ids.add(id);
    return id;
  }

  /** What the one of them with {@code id} does. */
  Conduct conduct(PeerId id) {
    return switch (attack.kind()) {
      case DROP -> new Dropping();
      case LIE -> new Lying(ids, random);
      case DROP_OR_LIE -> random.nextBoolean() ? new Dropping() : new Lying(ids, random);
      case ECLIPSE -> new Eclipsing(victimId);
      case FALSE_POINTERS -> new FalsePointers(id);
    };
  }
}
