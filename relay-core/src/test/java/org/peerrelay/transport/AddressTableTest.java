package org.peerrelay.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.peerrelay.relay.Refusal;
import org.peerrelay.routing.AddressBlock;
import org.peerrelay.testing.Changed;

class AddressTableTest {
  private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);
  private static final int PER_S = 10;
  private static final ConnectionLimits LIMITS =
      Changed.in(
          ConnectionLimits.DEFAULT,
          Map.of("maxConnectionsPerAddress", 15, "connectionsPerS", PER_S));

  private final AddressTable table = new AddressTable();
  private long nowNs = -5;

  private static AddressBlock block(int address) {
    byte[] bytes = ByteBuffer.allocate(Integer.BYTES).putInt(address).array();
    try {
      return AddressBlock.ofClient(InetAddress.getByAddress(bytes));
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  private @Nullable Refusal add(int address) {
    return table.add(block(address), LIMITS, nowNs);
  }

  private void assertAdded(int address, int count) {
    for (int i = 0; i < count; i++) {
      assertNull(add(address));
    }
  }

  @Test
  void soManyMayComeAtOnceAndThenOneByOne() {
    assertAdded(1, PER_S);
    assertEquals(Refusal.ADDRESS_RATE, add(1));
    assertAdded(2, PER_S);
    nowNs += SECOND_NS / PER_S;
    assertAdded(1, 1);
    assertEquals(Refusal.ADDRESS_RATE, add(1));
  }

  @Test
  void soManyMayBeThere() {
    assertAdded(1, PER_S);
    nowNs += SECOND_NS;
    assertAdded(1, 5);
    assertEquals(Refusal.ADDRESS_FULL, add(1));
    table.remove(block(1));
    assertAdded(1, 1);
  }

  @Test
  void whoComesAndGoesCountsForASecond() {
    for (int i = 0; i < PER_S; i++) {
      assertAdded(1, 1);
      table.remove(block(1));
    }
    assertEquals(Refusal.ADDRESS_RATE, add(1));
    assertEquals(1, table.size());
    nowNs += SECOND_NS;
    assertAdded(2, 1);
    assertEquals(1, table.size());
  }

  @Test
  void aRefusalCostsNothing() {
    assertAdded(1, PER_S);
    for (int i = 0; i < 100; i++) {
      assertEquals(Refusal.ADDRESS_RATE, add(1));
    }
    nowNs += SECOND_NS;
    assertAdded(1, 5);
  }

  @Test
  void theAddressesThatAreRememberedAreBounded() {
    for (int address = 0; address < 2 * AddressTable.MAX_RESTING; address++) {
      assertAdded(address, 1);
      table.remove(block(address));
      assertTrue(table.size() <= AddressTable.MAX_RESTING);
    }
    nowNs += SECOND_NS;
    assertAdded(1, 1);
    assertEquals(1, table.size());
  }
}
