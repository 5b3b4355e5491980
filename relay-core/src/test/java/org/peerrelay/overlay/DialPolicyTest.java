package org.peerrelay.overlay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DialPolicyTest {
  private static final String PUBLIC = "8.8.8.8";
  private static final String PRIVATE = "192.168.1.1";
  private static final String LOOPBACK = "127.0.0.1";
  private static final String WILDCARD = "0.0.0.0";
  private static final String MULTICAST = "224.0.0.1";

  private static List<String> allowed(@Nullable String listener, boolean allowPrivate)
      throws UnknownHostException {
    DialPolicy policy =
        DialPolicy.of(listener == null ? null : InetAddress.getByName(listener), allowPrivate);
    List<String> allowed = new ArrayList<>();
    for (String address : List.of(PUBLIC, PRIVATE, LOOPBACK, WILDCARD, MULTICAST)) {
      if (policy.allows(InetAddress.getByName(address))) {
        allowed.add(address);
      }
    }
    return allowed;
  }

  @Test
  void aNodeThatListensNowhereDialsPublicAddressesOnly() throws UnknownHostException {
    assertEquals(List.of(PUBLIC), allowed(null, false));
  }

  @Test
  void aNodeThatListensEverywhereDialsPublicAddressesOnly() throws UnknownHostException {
    assertEquals(List.of(PUBLIC), allowed(WILDCARD, false));
    assertEquals(List.of(PUBLIC), allowed("::", false));
  }

  @Test
  void aNodeInAPrivateNetworkDialsPrivateAddresses() throws UnknownHostException {
    assertEquals(List.of(PUBLIC, PRIVATE), allowed("10.1.2.3", false));
    assertEquals(List.of(PUBLIC, PRIVATE), allowed("fd00::1", false));
  }

  @Test
  void aNodeOnThisMachineAloneDialsLoopback() throws UnknownHostException {
    assertEquals(List.of(PUBLIC, LOOPBACK), allowed(LOOPBACK, false));
    assertEquals(List.of(PUBLIC, LOOPBACK), allowed("::1", false));
  }

  @Test
  void theOperatorCanAllowPrivateAndLoopback() throws UnknownHostException {
    assertEquals(List.of(PUBLIC, PRIVATE, LOOPBACK), allowed(null, true));
    assertEquals(List.of(PUBLIC, PRIVATE, LOOPBACK), allowed(PUBLIC, true));
  }

  @Test
  void addressesOfNobodyAreNeverDialed() throws UnknownHostException {
    for (String listener : new String[] {PUBLIC, PRIVATE, LOOPBACK, WILDCARD, MULTICAST}) {
      assertFalse(allowed(listener, true).contains(WILDCARD));
      assertFalse(allowed(listener, true).contains(MULTICAST));
    }
  }
}
