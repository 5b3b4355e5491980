package org.peerrelay.overlay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.peerrelay.id.PeerId;
import org.peerrelay.relay.Link;
import org.peerrelay.relay.LinkFormat;
import org.peerrelay.routing.AddressGroup;

/** Which networks have room for a link, and which of a leaf's links is one too many in its own. */
class NetworksTest {
  private static final AddressGroup HERE = new AddressGroup(0, 1);
  private static final AddressGroup THERE = new AddressGroup(0, 2);

  private final Random random = new Random(5);
  private final List<Neighbour> neighbours = new ArrayList<>();
  private long nowNs = Long.MAX_VALUE - 1;

  private static final class GroupedLink extends Link {
    private final @Nullable AddressGroup group;

    GroupedLink(PeerId peer, @Nullable String url, @Nullable AddressGroup group) {
      super(peer, url, LinkFormat.BINARY);
      this.group = group;
    }

    @Override
    public long lastHeardNs() {
      return 0;
    }

    @Override
    public @Nullable AddressGroup group() {
      return group;
    }
  }

  private Neighbour relay(@Nullable AddressGroup group) {
    return add(new GroupedLink(PeerId.random(random), "ws://relay.example", group));
  }

  private Neighbour add(Link link) {
    Neighbour neighbour = new Neighbour(link, nowNs++);
    neighbours.add(neighbour);
    return neighbour;
  }

  private @Nullable Link surplus() {
    Neighbour surplus = Networks.surplus(neighbours);
    return surplus == null ? null : surplus.link;
  }

  @Test
  void twoLinksIntoTheOnlyNetworkAreKeptAndTheThirdIsNot() {
    relay(HERE);
    relay(HERE);
    assertNull(surplus());
    Neighbour third = relay(HERE);
    assertEquals(third.link, surplus());
  }

  @Test
  void theYoungerOfTwoGoesWhenThereIsAnotherNetwork() {
    relay(HERE);
    Neighbour younger = relay(HERE);
    relay(THERE);
    assertEquals(younger.link, surplus());
    neighbours.remove(younger);
    assertNull(surplus());
  }

  @Test
  void linksThatAreInNoNetworkAreNotLimited() {
    for (int i = 0; i < 5; i++) {
      relay(null);
    }
    relay(HERE);
    assertNull(surplus());
    assertEquals(relay(HERE).link, surplus());
  }

  @Test
  void linksThatWereAskedForAreKept() {
    Neighbour older = relay(HERE);
    relay(HERE).askFor();
    relay(THERE);
    assertEquals(older.link, surplus());
    older.askFor();
    assertNull(surplus());
  }

  @Test
  void aNetworkHasRoomForOneLink() {
    Networks networks = new Networks();
    assertTrue(networks.take(HERE, true));
    assertTrue(networks.take(THERE, true));
    assertFalse(networks.hasRoom(HERE, false));
    assertFalse(networks.take(THERE, false));
    assertTrue(networks.take(null, true));
  }

  @Test
  void theOnlyNetworkHasRoomForTwoWhereNoOtherLinksAreToCome() {
    Networks networks = new Networks();
    networks.add(HERE);
    assertFalse(networks.take(HERE, true));
    assertTrue(networks.take(HERE, false));
    assertFalse(networks.take(HERE, false));
  }

  @Test
  void aLinkThatIsInNoNetworkMakesTheOtherNotTheOnlyOne() {
    Networks networks = new Networks();
    networks.add(HERE);
    networks.add(null);
    assertFalse(networks.take(HERE, false));
  }

  @Test
  void aCandidateWhoseNetworkIsNotKnownMayBeInTheOnlyOne() {
    Networks networks = new Networks();
    networks.add(HERE);
    assertTrue(networks.take(null, false));
    assertTrue(networks.hasRoom(HERE, false));
  }
}
