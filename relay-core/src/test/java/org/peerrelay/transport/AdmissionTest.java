package org.peerrelay.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerrelay.message.CloseReason;
import org.peerrelay.relay.Counters;
import org.peerrelay.relay.Refusal;
import org.peerrelay.testing.Changed;

class AdmissionTest {
  private static final String LOCAL = "192.0.2.1";

  private final Counters counters = new Counters();
  private final List<EmbeddedChannel> channels = new ArrayList<>();
  private ConnectionLimits limits =
      Changed.in(
          ConnectionLimits.DEFAULT, Map.of("maxConnections", 10, "maxConnectionsPerAddress", 2));
  private final Admission admission = new Admission(() -> limits, counters);

  private static final class Connection extends EmbeddedChannel {
    private final String address;

    private Connection(String address) {
      this.address = address;
    }

    @Override
    protected SocketAddress localAddress0() {
      return at(LOCAL);
    }

    @Override
    protected SocketAddress remoteAddress0() {
      return at(address);
    }
  }

  private static InetSocketAddress at(String address) {
    try {
      return new InetSocketAddress(InetAddress.getByName(address), 40_000);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  private EmbeddedChannel from(String address) {
    EmbeddedChannel channel = new Connection(address);
    channels.add(channel);
    return channel;
  }

  private @Nullable Refusal admit(EmbeddedChannel channel) {
    return admission.admit(channel, 0);
  }

  private long refused(Refusal refusal) {
    return counters.snapshot().refused().getOrDefault(refusal, 0L);
  }

  @AfterEach
  void close() {
    channels.forEach(EmbeddedChannel::close);
  }

  @Test
  void anAddressGetsItsNumber() {
    EmbeddedChannel first = from("198.51.100.1");
    assertNull(admit(first));
    assertNull(admit(from("198.51.100.1")));
    assertEquals(Refusal.ADDRESS_FULL, admit(from("198.51.100.1")));
    assertEquals(1, refused(Refusal.ADDRESS_FULL));
    assertEquals(1L, counters.snapshot().closed().get(CloseReason.FULL));
    assertNull(admit(from("198.51.100.2")));
    first.close();
    assertNull(admit(from("198.51.100.1")));
  }

  @Test
  void aSlash64IsOneAddress() {
    assertNull(admit(from("2001:db8::1")));
    assertNull(admit(from("2001:db8::2")));
    assertEquals(Refusal.ADDRESS_FULL, admit(from("2001:db8::3")));
    assertNull(admit(from("2001:db8:0:1::1")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "127.9.9.9", "::1", LOCAL})
  void thisMachineHasAllThatThereIs(String address) {
    for (int i = 0; i < 10; i++) {
      assertNull(admit(from(address)));
    }
    assertEquals(Refusal.CONNECTIONS_FULL, admit(from(address)));
    channels.get(0).close();
    assertNull(admit(from(address)));
  }

  @Test
  void whomAProxyNamesCountsWhereItIs() {
    EmbeddedChannel[] proxied = new EmbeddedChannel[3];
    for (int i = 0; i < proxied.length; i++) {
      proxied[i] = from("127.0.0.1");
      assertNull(admit(proxied[i]));
      ClientAddress.name(proxied[i], at("198.51.100.1"));
    }
    assertNull(admit(proxied[0]));
    assertNull(admit(proxied[0]));
    assertNull(admit(proxied[1]));
    assertEquals(Refusal.ADDRESS_FULL, admit(proxied[2]));
    proxied[0].close();
    assertNull(admit(proxied[2]));
  }

  @Test
  void whoIsNamedAnewLeavesTheOtherAddress() {
    EmbeddedChannel proxied = from("127.0.0.1");
    assertNull(admit(proxied));
    ClientAddress.name(proxied, at("198.51.100.1"));
    assertNull(admit(proxied));
    ClientAddress.name(proxied, at("127.0.0.5"));
    assertNull(admit(proxied));
    assertNull(admit(from("198.51.100.1")));
    assertNull(admit(from("198.51.100.1")));
    assertNull(admit(from("127.0.0.5")));
  }

  @Test
  void whoHasGoneTakesNoPlace() {
    EmbeddedChannel gone = from("198.51.100.1");
    assertNull(admit(gone));
    gone.close();
    ClientAddress.name(gone, at("198.51.100.2"));
    assertNull(admit(gone));
    assertNull(admit(from("198.51.100.2")));
    assertNull(admit(from("198.51.100.2")));
  }

  @Test
  void newLimitsHoldFromNowOn() {
    assertNull(admit(from("198.51.100.1")));
    limits = Changed.in(limits, Map.of("maxConnectionsPerAddress", 1));
    assertEquals(Refusal.ADDRESS_FULL, admit(from("198.51.100.1")));
    limits = limits.withMaxConnections(1);
    assertEquals(Refusal.CONNECTIONS_FULL, admit(from("198.51.100.2")));
  }
}
