package org.peerrelay.daemon.channels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.peerrelay.daemon.http.ProblemException;

/** Who is in a channel and who gets what, in virtual time. */
class ChannelsTest {
  private static final long IDLE_NS = 1_000;
  private static final ChannelLimits LIMITS = new ChannelLimits(3, 2, 2, 100, 100, IDLE_NS, 1);

  private final AtomicInteger names = new AtomicInteger();
  private final Channels<String> channels =
      new Channels<>(() -> LIMITS, () -> "name" + names.incrementAndGet());

  private static void assertRefused(ChannelRefusal refusal, Executable deed) {
    ProblemException refused = assertThrows(ProblemException.class, deed);
    assertEquals(refusal.reason(), refused.problem().reason());
    assertEquals(refusal.status(), refused.problem().status());
  }

  private static SignalBody signal(@Nullable String token, @Nullable String cid) {
    return new SignalBody(token, "1", cid);
  }

  @Test
  void aSignalGoesToAllWithItsSender() throws ProblemException {
    Member<String> owner = channels.create("a", "owner", 0);
    Member<String> guest = channels.join(owner.id(), "guest", 0);
    List<String> all = List.of("owner", "guest");
    assertEquals(all, channels.signal(signal(guest.token(), null), owner.id(), 0));
    assertEquals(all, channels.signal(signal(owner.token(), null), owner.id(), 0));
  }

  @Test
  void aSignalWithACidGoesToThatMember() throws ProblemException {
    Member<String> owner = channels.create("a", "owner", 0);
    Member<String> guest = channels.join(owner.id(), "guest", 0);
    assertEquals(
        List.of("owner"), channels.signal(signal(guest.token(), owner.cid()), owner.id(), 0));
    assertRefused(
        ChannelRefusal.NO_MEMBER, () -> channels.signal(signal(guest.token(), "x"), owner.id(), 0));
  }

  @Test
  void aTokenCountsOnlyInItsChannelAndWhileItsMemberIsThere() throws ProblemException {
    Member<String> owner = channels.create("a", "owner", 0);
    Member<String> other = channels.create("b", "other", 0);
    Member<String> guest = channels.join(owner.id(), "guest", 0);
    assertRefused(
        ChannelRefusal.BAD_TOKEN,
        () -> channels.signal(signal(other.token(), null), owner.id(), 0));
    assertRefused(
        ChannelRefusal.BAD_TOKEN, () -> channels.signal(signal(null, null), owner.id(), 0));
    assertEquals(List.of(), channels.leave(guest));
    assertRefused(
        ChannelRefusal.BAD_TOKEN,
        () -> channels.signal(signal(guest.token(), null), owner.id(), 0));
    assertRefused(
        ChannelRefusal.NO_CHANNEL, () -> channels.signal(signal(guest.token(), null), "x", 0));
    assertRefused(
        ChannelRefusal.NO_DATA,
        () -> channels.signal(new SignalBody(owner.token(), null, null), owner.id(), 0));
  }

  @Test
  void theChannelEndsWithItsOwner() throws ProblemException {
    Member<String> owner = channels.create("a", "owner", 0);
    Member<String> guest = channels.join(owner.id(), "guest", 0);
    assertEquals(owner, channels.owner(owner.id()));
    assertEquals(List.of("guest"), channels.leave(owner));
    assertNull(channels.owner(owner.id()));
    assertEquals(List.of(), channels.leave(guest));
    assertEquals(List.of(), channels.leave(owner));
    assertRefused(ChannelRefusal.NO_CHANNEL, () -> channels.join(owner.id(), "late", 0));
    assertEquals(0, channels.size());
  }

  @Test
  void channelsAndMembersAreBounded() throws ProblemException {
    Member<String> first = channels.create("a", "1", 0);
    channels.create("a", "2", 0);
    assertRefused(ChannelRefusal.TOO_MANY_FROM_ADDRESS, () -> channels.create("a", "3", 0));
    channels.create("b", "3", 0);
    assertRefused(ChannelRefusal.TOO_MANY_CHANNELS, () -> channels.create("c", "4", 0));
    channels.join(first.id(), "guest", 0);
    assertRefused(ChannelRefusal.CHANNEL_FULL, () -> channels.join(first.id(), "guest", 0));
    channels.leave(first);
    channels.create("a", "5", 0);
  }

  @Test
  void joinsAndSignalsKeepAChannelFromIdling() throws ProblemException {
    Member<String> owner = channels.create("a", "owner", 0);
    assertFalse(channels.isIdle(owner, IDLE_NS - 1));
    assertTrue(channels.isIdle(owner, IDLE_NS));
    channels.join(owner.id(), "guest", IDLE_NS);
    assertFalse(channels.isIdle(owner, IDLE_NS + 1));
    channels.signal(signal(owner.token(), null), owner.id(), 2 * IDLE_NS);
    assertFalse(channels.isIdle(owner, 3 * IDLE_NS - 1));
    assertTrue(channels.isIdle(owner, 3 * IDLE_NS));
  }
}
