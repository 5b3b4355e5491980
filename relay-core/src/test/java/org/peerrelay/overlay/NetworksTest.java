package org.peerrelay.overlay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.peerrelay.id.PeerId;
import org.peerrelay.relay.Link;
import org.peerrelay.relay.LinkFormat;
import org.peerrelay.routing.AddressGroup;

/** Which of a leaf's links is one too many. */
class NetworksTest {
  private static final AddressGroup HERE = new AddressGroup(0, 1);
  private static final AddressGroup THERE = new AddressGroup(0, 2);

  private final Random random = new Random(5);
  private final List<Neighbour> neighbours = new ArrayList<>();
  private long nowNs = Long.MAX_VALUE - 1;

  private static final class GroupedLink extends Link {
    private final @Nullable AddressGroup group;

    GroupedLink(
        PeerId peer, @Nullable String url, LinkFormat format, @Nullable AddressGroup group) {
      super(peer, url, format);
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
    return relay(LinkFormat.BINARY, group);
  }

  private Neighbour relay(LinkFormat format, @Nullable AddressGroup group) {
    return add(new GroupedLink(PeerId.random(random), "ws://relay.example", format, group));
  }

  private Neighbour add(Link link) {
    Neighbour neighbour = new Neighbour(link, nowNs++);
    neighbours.add(neighbour);
    return neighbour;
  }

  private @Nullable Link surplus() {
    return Networks.surplus(neighbours);
  }

  @Test
  void legacyLinksAreAllKept() {
    relay(HERE);
    for (int i = 0; i < 3; i++) {
      relay(LinkFormat.LEGACY, HERE);
    }
    assertNull(surplus());
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
  void leavesDoNotCount() {
    relay(HERE);
    relay(THERE);
    add(new GroupedLink(PeerId.random(random), null, LinkFormat.BINARY, HERE));
    assertNull(surplus());
  }
}
