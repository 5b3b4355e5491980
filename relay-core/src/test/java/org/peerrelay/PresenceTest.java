package org.peerrelay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.peerrelay.id.PeerId;
import org.peerrelay.presence.PresenceDrop;
import org.peerrelay.swarm.SwarmKey;

/** Presences of members of one relay, over real sockets. */
class PresenceTest {
  private static final SwarmKey KEY = SwarmKey.of("the key");
  private static final long DEADLINE_S = 20;

  /** Whole numbers, in decimal. */
  private static final PresenceCodec<Integer> NUMBERS =
      new PresenceCodec<>() {
        @Override
        public byte[] encode(Integer data) {
          return data.toString().getBytes(UTF_8);
        }

        @Override
        public Integer decode(byte[] bytes) {
          return Integer.valueOf(new String(bytes, UTF_8));
        }
      };

  /** A member whose presence is at first not started, and what it is told. */
  private static final class Member {
    final Peer peer;
    final Swarm swarm;
    final LinkedBlockingQueue<String> events = new LinkedBlockingQueue<>();
    final LinkedBlockingQueue<List<PeerId>> online = new LinkedBlockingQueue<>();

    Member(String url) throws IOException {
      peer = Peer.builder().bootstrap(url).start();
      swarm = peer.swarm(KEY);
    }

    <T> PresenceBuilder<T> listening(PresenceBuilder<T> builder) {
      return builder
          .onBootstrapped(() -> events.add("bootstrapped"))
          .onPeerData((data, id) -> events.add("data " + id + " " + data))
          .onPeerAdd(id -> events.add("add " + id))
          .onPeerRemove(id -> events.add("remove " + id))
          .onPeerAddSeen((source, to) -> events.add("seen " + source + " " + to))
          .onPeerRemoveSeen((source, to) -> events.add("unseen " + source + " " + to))
          .onOnline((presence, ids) -> online.add(ids));
    }

    void awaitEvent(String event) throws InterruptedException {
      List<String> others = new ArrayList<>();
      for (String next = ""; !next.equals(event); others.add(next)) {
        next = events.poll(DEADLINE_S, TimeUnit.SECONDS);
        assertTrue(next != null, () -> event + ": not told, but " + others);
      }
    }

    void awaitOnline(Member... members) throws InterruptedException {
      Set<PeerId> expected = new HashSet<>();
      for (Member member : members) {
        expected.add(member.peer.id());
      }
      List<PeerId> last = List.of();
      while (!new HashSet<>(last).equals(expected)) {
        List<PeerId> before = last;
        last = online.poll(DEADLINE_S, TimeUnit.SECONDS);
        assertTrue(last != null, () -> "online: " + before + " (expected: " + expected + ")");
      }
    }
  }

  private final List<Member> members = new ArrayList<>();
  private Peer relay;

  @BeforeEach
  void start() throws IOException {
    relay =
        Peer.builder().listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)).start();
  }

  @AfterEach
  void close() {
    members.forEach(member -> member.peer.close());
    relay.close();
  }

  private Member member() throws IOException {
    Member member = new Member(String.valueOf(relay.url()));
    members.add(member);
    return member;
  }

  @Test
  void threeSeeEachOtherAndWhatTheyShow() throws Exception {
    Member anna = member();
    Member bob = member();
    Presence<String> ofAnna = anna.listening(anna.swarm.presence()).start();
    anna.awaitOnline(anna);
    Presence<String> ofBob = bob.listening(bob.swarm.presence()).data("{\"name\":\"bob\"}").start();
    bob.awaitOnline(anna, bob);
    anna.awaitOnline(anna, bob);
    bob.awaitEvent("bootstrapped");
    anna.awaitEvent("data " + bob.peer.id() + " {\"name\":\"bob\"}");
    assertEquals("{\"name\":\"bob\"}", ofAnna.peerData(bob.peer.id()));
    assertEquals("{}", ofAnna.data());
    assertEquals("{}", ofAnna.peerData(anna.peer.id()));
    assertEquals(Set.of(anna.peer.id(), bob.peer.id()), new HashSet<>(ofBob.online()));
    ofAnna.setData("[1.50]");
    bob.awaitEvent("data " + anna.peer.id() + " [1.50]");
    assertEquals("[1.50]", ofBob.peerData(anna.peer.id()));

    Member carol = member();
    Presence<String> ofCarol = carol.listening(carol.swarm.presence()).start();
    anna.awaitOnline(anna, bob, carol);
    bob.awaitOnline(anna, bob, carol);
    carol.awaitOnline(anna, bob, carol);
    ofCarol.close();
    anna.awaitOnline(anna, bob);
    assertNull(ofAnna.peerData(carol.peer.id()));
    assertEquals(List.of(carol.peer.id()), ofCarol.online());
    bob.peer.close();
    anna.awaitEvent("remove " + bob.peer.id());
    anna.awaitOnline(anna);
    assertNull(ofAnna.peerData(bob.peer.id()));
  }

  @Test
  void presencesOfOtherNamesAreOthers() throws Exception {
    Member anna = member();
    Member bob = member();
    anna.listening(anna.swarm.presence()).start();
    bob.swarm.presence().name("another").start();
    anna.swarm.presence().name("another").onOnline(anna.online::add).start();
    anna.awaitOnline(anna, bob);
    PresenceBuilder<String> again = anna.swarm.presence();
    assertThrows(IllegalStateException.class, again::start);
  }

  @Test
  void dataOfAnyKindWithACodec() throws Exception {
    Member anna = member();
    Member bob = member();
    Member carol = member();
    Presence<Integer> ofAnna = anna.listening(anna.swarm.presence(NUMBERS)).start();
    assertNull(ofAnna.data());
    bob.swarm.presence(NUMBERS).data(7).start();
    Presence<String> ofCarol = carol.swarm.presence().data("\"no number\"").start();
    anna.awaitEvent("data " + bob.peer.id() + " 7");
    anna.awaitOnline(anna, bob, carol);
    assertEquals(7, ofAnna.peerData(bob.peer.id()));
    assertNull(ofAnna.peerData(carol.peer.id()));
    assertTrue(ofAnna.drops().getOrDefault(PresenceDrop.UNREADABLE_DATA, 0L) >= 1);
    ofCarol.setData("8");
    anna.awaitEvent("data " + carol.peer.id() + " 8");
    assertEquals(8, ofAnna.peerData(carol.peer.id()));
  }

  @Test
  void whatIsNoJsonOrTooLongIsRefused() throws Exception {
    Member anna = member();
    Presence<String> presence = anna.swarm.presence().start();
    assertThrows(IllegalArgumentException.class, () -> presence.setData("{"));
    assertThrows(IllegalArgumentException.class, () -> presence.setData(""));
    String longest = "\"" + "x".repeat(Presence.MAX_DATA_BYTES - 2) + "\"";
    presence.setData(longest);
    IllegalArgumentException tooLong =
        assertThrows(IllegalArgumentException.class, () -> presence.setData(longest + " "));
    assertEquals("data: 4097 bytes (expected: at most 4096)", tooLong.getMessage());
    assertEquals(longest, presence.data());
    PresenceBuilder<String> longer = anna.swarm.presence().name("long").maxDataBytes(5_000);
    longer.data(longest + " ").start();
    assertThrows(IllegalArgumentException.class, () -> longer.maxDataBytes(15_001));
    byte[] noUtf8 = {'"', (byte) 0xff, '"'};
    PresenceCodec<String> json = PresenceCodec.json();
    assertThrows(IllegalArgumentException.class, () -> json.decode(noUtf8));
    assertThrows(IllegalArgumentException.class, () -> json.decode("1 2".getBytes(UTF_8)));
  }

  @Test
  void aListenerThatThrowsHarmsNobody() throws Exception {
    Member anna = member();
    Member bob = member();
    anna.listening(anna.swarm.presence())
        .onOnline(
            ids -> {
              anna.online.add(ids);
              throw new IllegalStateException("on purpose");
            })
        .start();
    anna.awaitOnline(anna);
    bob.swarm.presence().start();
    anna.awaitOnline(anna, bob);
  }
}
