package org.peerrelay.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.peerrelay.overlay.DialPolicy;

/** How a node finds out at which URL others can dial it. */
class OwnAddressTest {
  private static final String URL = "ws://93.184.216.34:8000";

  private final List<String> tried = new ArrayList<>();
  private final List<String> found = new ArrayList<>();
  private final OwnAddress address = address(true, DialPolicy.of(null, false));

  private OwnAddress address(boolean listens, DialPolicy policy) {
    return new OwnAddress(listens, false, policy, tried::add, found::add);
  }

  private static void assertUrls(
      OwnAddress address, @Nullable String url, @Nullable String dialable) {
    assertEquals(url, address.url());
    assertEquals(dialable, address.dialableUrl());
  }

  @Test
  void whoDoesNotListenHasNone() {
    OwnAddress leaf = address(false, DialPolicy.of(null, true));
    leaf.onSeenAt("93.184.216.34:50000");
    leaf.onNamed("relay.example:8000");
    assertUrls(leaf, null, null);
    assertEquals(List.of(), tried);
    assertEquals(false, leaf.listens());
  }

  @Test
  void theOneThatIsGivenCountsAndNoOtherIsTried() {
    address.bound(8000, "ws://relay.example");
    address.onSeenAt("93.184.216.34:50000");
    address.onNamed("other.example:8000");
    assertUrls(address, "ws://relay.example", "ws://relay.example");
    assertEquals(List.of(), tried);
    assertTrue(address.listens());
  }

  @ParameterizedTest
  @CsvSource({
    "ws://93.184.216.34:8000, true",
    "ws://relay.example:8000, true",
    "wss://[2606:2800:220:1::1]:443, true",
    "ws://192.168.1.2:8000, false",
    "ws://127.0.0.1:8000, false",
    "ws://[::1]:8000, false"
  })
  void theOneThatIsGivenIsDialableIfOthersWouldDialIt(String url, boolean dialable) {
    address.bound(8000, url);
    assertUrls(address, url, dialable ? url : null);
  }

  @Test
  void amongRelaysOnThisMachineAnAddressOfItIsDialable() {
    String url = "ws://127.0.0.1:8000";
    OwnAddress local = address(true, DialPolicy.of(InetAddress.getLoopbackAddress(), false));
    local.bound(8000, url);
    assertUrls(local, url, url);
  }

  @Test
  void theAddressThatARelaySeesIsTriedWithThePortOfTheListener() {
    address.bound(8000, null);
    assertUrls(address, null, null);
    address.onSeenAt("93.184.216.34:50000");
    assertEquals(List.of(URL), tried);
    assertUrls(address, null, null);
    address.found(URL);
    assertUrls(address, URL, URL);
    assertEquals(List.of(URL), found);
  }

  @Test
  void anIpv6AddressKeepsItsBrackets() {
    address.bound(8000, null);
    address.onSeenAt("[2606:2800:220:1::1]:50000");
    assertEquals(List.of("ws://[2606:2800:220:1::1]:8000"), tried);
  }

  @Test
  void theNameThatADialerHasDialedIsTriedAsItIs() {
    address.bound(8000, null);
    address.onNamed("relay.example:443");
    assertEquals(List.of("ws://relay.example:443"), tried);
  }

  @Test
  void whereTheListenerSpeaksTlsItIsTriedByTls() {
    DialPolicy policy = DialPolicy.of(null, false);
    OwnAddress secure = new OwnAddress(true, true, policy, tried::add, found::add);
    secure.bound(8000, null);
    secure.onSeenAt("93.184.216.34:50000");
    assertEquals(List.of("wss://93.184.216.34:8000"), tried);
  }

  @Test
  void oneIsTriedAtATime() {
    address.bound(8000, null);
    address.onSeenAt("93.184.216.34:50000");
    address.onSeenAt("93.184.216.35:50000");
    address.onNamed("relay.example:443");
    assertEquals(List.of(URL), tried);
    address.found(URL);
    address.onNamed("relay.example:443");
    assertEquals(List.of(URL), tried);
  }

  @Test
  void whatDoesNotLeadHereIsNone() {
    address.bound(8000, null);
    address.onSeenAt("93.184.216.34:50000");
    address.notFound(URL);
    assertUrls(address, null, null);
    assertEquals(List.of(), found);

    address.onSeenAt("93.184.216.34:50001");
    assertEquals(List.of(URL), tried, "the same again");
    address.onNamed("relay.example:443");
    assertEquals(List.of(URL, "ws://relay.example:443"), tried);
  }

  @Test
  void fewAreTried() {
    address.bound(8000, null);
    for (int i = 0; i < 100; i++) {
      address.onNamed("relay" + i + ".example:443");
      address.notFound("ws://relay" + i + ".example:443");
    }
    assertEquals(8, tried.size());
  }

  @Test
  void whoIsToldNoAddressHasNone() {
    address.bound(8000, null);
    address.onSeenAt(null);
    assertUrls(address, null, null);
    assertEquals(List.of(), tried);
    assertNull(address.url());
  }

  @Test
  void anAddressWithoutPortIsNone() {
    address.bound(8000, null);
    address.onSeenAt(":50000");
    assertEquals(List.of(), tried);
  }
}
