package org.peerrelay;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.DatagramPacket;
import org.junit.jupiter.api.Test;

class PacketCapacitiesTest {
  private final PacketCapacities capacities = new PacketCapacities();
  private final DatagramPacket packet = new DatagramPacket(new byte[100], 10, 80);

  @Test
  void aFreshPacketTakesInItsLength() {
    assertEquals(80, capacities.of(packet));
  }

  @Test
  void aPacketThatReceivedLessStillTakesInAllTheNextTime() {
    capacities.setLength(packet, 5, 80);

    assertEquals(5, packet.getLength());
    assertEquals(80, capacities.of(packet));
  }

  @Test
  void aLengthThatTheProgramSetCounts() {
    capacities.setLength(packet, 5, 80);
    packet.setLength(6);

    assertEquals(6, capacities.of(packet));
  }

  @Test
  void anotherArrayCountsByItself() {
    capacities.setLength(packet, 5, 80);
    packet.setData(new byte[5]);

    assertEquals(5, capacities.of(packet));
  }

  @Test
  void anotherOffsetCountsByItself() {
    capacities.setLength(packet, 5, 80);
    packet.setData(packet.getData(), 95, 5);

    assertEquals(5, capacities.of(packet));
  }

  @Test
  void aPacketThatWasFilledTakesInItsLength() {
    capacities.setLength(packet, 5, 80);
    capacities.setLength(packet, 80, 80);

    assertEquals(80, capacities.of(packet));
  }
}
