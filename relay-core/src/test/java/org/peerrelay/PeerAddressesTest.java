package org.peerrelay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.InetAddress;
import java.net.NoRouteToHostException;
import org.junit.jupiter.api.Test;
import org.peerrelay.id.PeerId;

class PeerAddressesTest {
  private static final PeerId ID = PeerId.ofHex("00112233445566778899aabbccddeeff01234567");

  /** The same first 120 bits. */
  private static final PeerId LOOKALIKE = PeerId.ofHex("00112233445566778899aabbccddeeffffffffff");

  private final PeerAddresses addresses = new PeerAddresses(3);

  @Test
  void anAddressIsTheFirst120BitsOfTheIdUnderFd() {
    assertEquals("fd00:1122:3344:5566:7788:99aa:bbcc:ddee", addresses.name(ID).getHostAddress());
  }

  @Test
  void anAddressHasTheIdAsItsHostName() {
    assertEquals(ID.hex(), addresses.name(ID).getHostName());
  }

  @Test
  void anAddressLeadsBackToThePeerAlsoWhenItIsMadeFromText() throws Exception {
    addresses.name(ID);

    assertEquals(
        ID, addresses.find(InetAddress.getByName("fd00:1122:3344:5566:7788:99aa:bbcc:ddee")));
  }

  @Test
  void anUnknownPeersAddressIsRefusedWithTheReason() throws Exception {
    InetAddress unknown = InetAddress.getByName("fd00::1");

    assertNull(addresses.find(unknown));
    Exception refusal =
        assertThrows(NoRouteToHostException.class, () -> addresses.require(unknown));
    assertEquals(
        "address: fd00:0:0:0:0:0:0:1 (expected: that of a peer heard from or named by addressOf)",
        refusal.getMessage());
  }

  @Test
  void anAddressThatCanStandForNoPeerIsRefusedWithTheReason() throws Exception {
    for (String text : new String[] {"127.0.0.1", "::1", "fc00::1", "255.255.255.255"}) {
      InetAddress address = InetAddress.getByName(text);

      assertNull(addresses.find(address));
      Exception refusal =
          assertThrows(NoRouteToHostException.class, () -> addresses.require(address));
      assertEquals(
          "address: "
              + address.getHostAddress()
              + " (expected: one under fd00::/8, made by RelayDatagramSocket.addressOf)",
          refusal.getMessage());
    }
  }

  @Test
  void ofTwoStrangersAlikeTheFirstKeepsTheAddress() throws Exception {
    InetAddress address = assertHeard(ID);

    assertNull(addresses.hear(LOOKALIKE));
    assertEquals(ID, addresses.require(address));
  }

  @Test
  void aNamedPeerTakesTheAddressFromAStrangerAlike() throws Exception {
    InetAddress address = assertHeard(LOOKALIKE);
    addresses.name(ID);

    assertEquals(ID, addresses.require(address));
    assertNull(addresses.hear(LOOKALIKE));
  }

  @Test
  void twoPeersAlikeCannotBothBeNamed() {
    InetAddress address = addresses.name(ID);

    assertThrows(IllegalArgumentException.class, () -> addresses.name(LOOKALIKE));
    assertEquals(ID, addresses.find(address));
  }

  @Test
  void theStrangerUnusedForLongestIsForgotten() {
    InetAddress first = assertHeard(peer(1));
    InetAddress second = assertHeard(peer(2));
    assertHeard(peer(3));
    addresses.find(first);
    assertHeard(peer(4));

    assertEquals(peer(1), addresses.find(first));
    assertNull(addresses.find(second));
  }

  @Test
  void strangersDoNotPushOutNamedPeers() {
    InetAddress named = addresses.name(ID);
    for (int i = 0; i < 100; i++) {
      assertHeard(peer(i));
    }

    assertEquals(ID, addresses.find(named));
  }

  @Test
  void theNamedPeerUnusedForLongestIsForgotten() {
    InetAddress first = addresses.name(peer(1));
    for (int i = 2; i <= 4; i++) {
      addresses.name(peer(i));
    }

    assertNull(addresses.find(first));
  }

  private InetAddress assertHeard(PeerId id) {
    InetAddress address = addresses.hear(id);
    assertNotNull(address);
    return address;
  }

  private static PeerId peer(int number) {
    return new PeerId(number, 0, 0);
  }
}
