package org.peerrelay.daemon.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.peerrelay.PeerBuilder;
import org.peerrelay.daemon.soak.SoakDaemon;
import org.peerrelay.id.PeerId;

/** A swarm whose members are at several daemons, over real sockets. */
final class SwarmDaemonsTest {
  private static final Duration BACK = Duration.ofSeconds(10);
  private static final Duration TRY = Duration.ofMillis(200);

  private final List<Guest> guests = new ArrayList<>();

  @AfterEach
  void closeGuests() {
    guests.forEach(Guest::close);
  }

  private Guest join(String... urls) {
    Guest guest = Guest.at(urls);
    guests.add(guest);
    return guest;
  }

  private void awaitAllPresent() {
    guests.forEach(guest -> guest.awaitPresent(guests));
  }

  @Test
  void allSeeAllComeTalkAndGo() {
    try (Chain chain = Chain.meshed(3)) {
      allSeeAllComeTalkAndGo(chain);
    }
  }

  /** A relay that nobody can dial speaks of its own members alone, so here are two. */
  @Test
  void allSeeAllWhereNobodyCanDialTheDaemons() {
    try (Chain chain = Chain.stretched(2)) {
      allSeeAllComeTalkAndGo(chain);
    }
  }

  private void allSeeAllComeTalkAndGo(Chain chain) {
    for (int i = 0; i < 6; i++) {
      join(chain.daemon(i % chain.length()).url());
    }
    awaitAllPresent();
    for (Guest author : guests) {
      author.broadcast("from me");
    }
    for (Guest author : guests) {
      for (Guest other : others(author)) {
        other.awaitText(author, "from me");
        author.send(other, "to you");
      }
    }
    for (Guest author : guests) {
      for (Guest other : others(author)) {
        other.awaitText(author, "to you");
      }
    }
    for (Guest guest : guests) {
      // Five joins and nothing twice.
      assertEquals(5, guest.events().size(), guest.events()::toString);
    }
    Guest leaver = guests.remove(0);
    leaver.leave();
    guests.forEach(guest -> guest.awaitLeft(leaver.id()));
    Guest lost = guests.remove(0);
    lost.peer().close();
    guests.forEach(guest -> guest.awaitLeft(lost.id()));
    leaver.close();
  }

  private List<Guest> others(Guest author) {
    return guests.stream().filter(guest -> guest != author).collect(Collectors.toList());
  }

  @Test
  void aNumberIsKeptWhenItsPeerComesBack() {
    try (Chain chain = Chain.meshed(2)) {
      Guest stays = join(chain.daemon(0).url());
      Guest other = join(chain.daemon(1).url());
      awaitAllPresent();
      String id = other.id();
      assertEquals(List.of(1), List.copyOf(stays.peers().keySet()));
      other.leave();
      stays.awaitLeft(id);
      Guest third = join(chain.daemon(1).url());
      stays.awaitPresent(List.of(third));
      assertEquals(List.of(2), List.copyOf(stays.peers().keySet()));
      other.comeBack();
      stays.awaitPresent(List.of(other));
      assertEquals(
          List.of(id, third.id()), stays.peers().values().stream().map(PeerId::hex).toList());
    }
  }

  @Test
  void noMemberIsLostWhenADaemonIsKilled() {
    try (SoakDaemon dies = SoakDaemon.start();
        SoakDaemon second = SoakDaemon.start(dies.url());
        SoakDaemon third = SoakDaemon.start(dies.url(), second.url())) {
      third.awaitLinked(dies.id());
      third.awaitLinked(second.id());
      List<String> urls = List.of(dies.url(), second.url(), third.url());
      for (int i = 0; i < 9; i++) {
        join(urls.get(i % 3), urls.get((i + 1) % 3));
      }
      awaitAllPresent();
      dies.kill();
      long endNs = System.nanoTime() + BACK.toNanos();
      for (Guest author : guests) {
        awaitAllHear(author, endNs);
      }
      Duration left = Duration.ofNanos(Math.max(1, endNs - System.nanoTime()));
      for (Guest guest : guests) {
        assertFalse(guest.seesLeave(left), guest::id);
        left = Duration.ofNanos(1);
      }
      Guest late = join(second.url());
      awaitAllPresent();
      guests.remove(late);
      late.close();
      guests.forEach(guest -> guest.awaitLeft(late.id()));
    }
  }

  /** Speaks until each of the others has heard it since. */
  private void awaitAllHear(Guest author, long endNs) {
    List<Guest> deaf = others(author);
    for (int i = 0; !deaf.isEmpty(); i++) {
      assertTrue(System.nanoTime() - endNs < 0, () -> author.id() + " is not heard by all");
      String text = "is anybody there? " + i;
      author.broadcast(text);
      deaf.removeIf(other -> other.hears(author, text, TRY));
    }
  }

  @Test
  void aPartitionHeals() {
    try (JavaPeer one = JavaPeer.start(withoutUrl());
        Cable cable = Cable.to(one.port());
        JavaPeer other = JavaPeer.start(withoutUrl(), cable.url())) {
      other.awaitLinked(one.id());
      List<Guest> here = List.of(join(one.url()), join(one.url()));
      List<Guest> there = List.of(join(other.url()), join(other.url()));
      awaitAllPresent();
      cable.cut();
      here.forEach(guest -> there.forEach(gone -> guest.awaitLeft(gone.id())));
      there.forEach(guest -> here.forEach(gone -> guest.awaitLeft(gone.id())));
      // Each side goes on.
      here.get(0).broadcast("still here");
      here.get(1).awaitText(here.get(0), "still here");
      there.get(0).broadcast("still there");
      there.get(1).awaitText(there.get(0), "still there");
      Guest comes = join(one.url());
      comes.awaitPresent(here);
      cable.mend();
      awaitAllPresent();
      comes.broadcast("everybody?");
      for (Guest guest : others(comes)) {
        guest.awaitText(comes, "everybody?");
      }
    }
  }

  private static PeerBuilder withoutUrl() {
    return Impatient.daemon().listen(new InetSocketAddress(0));
  }
}
