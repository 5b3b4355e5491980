package org.peerrelay.transport;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import io.netty.util.internal.PlatformDependent;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.peerrelay.message.CloseReason;
import org.peerrelay.relay.Counters;
import org.peerrelay.relay.Refusal;
import org.peerrelay.routing.AddressBlock;
import org.peerrelay.routing.AddressScope;

/**
 * Says which connections a listener keeps. Owns the count of them, in all and by address. The event
 * loops ask it as connections come, and each time takes its lock for a moment; datagrams do not
 * come by here.
 */
final class Admission {
  private static final AttributeKey<Place> PLACE = AttributeKey.valueOf(Admission.class, "place");

  /** What a connection takes. Guarded by the admission. */
  private static final class Place {
    private @Nullable AddressBlock address;
    private boolean free;
  }

  private final Supplier<ConnectionLimits> limits;
  private final Counters counters;
  private final AddressTable addresses = new AddressTable();
  private int connections;

  /** For one listener; {@code limits} are asked for each time. */
  Admission(Supplier<ConnectionLimits> limits, Counters counters) {
    this.limits = limits;
    this.counters = counters;
  }

  /**
   * Gives a connection its place until it is closed. To be asked when it has come, and again when a
   * trusted proxy has named its client: then it counts for that address instead.
   *
   * @return why it cannot stay, which has been counted; null if it can. The caller closes it
   */
  @Nullable Refusal admit(Channel channel, long nowNs) {
    Refusal refusal = place(channel, nowNs);
    if (refusal != null) {
      counters.countRefused(refusal);
      counters.countClosed(CloseReason.FULL);
    }
    return refusal;
  }

  private synchronized @Nullable Refusal place(Channel channel, long nowNs) {
    AddressBlock address = address(channel);
    Place place = channel.attr(PLACE).get();
    if (place != null) {
      return move(place, address, nowNs);
    }
    if (connections >= limits.get().maxConnections()) {
      return Refusal.CONNECTIONS_FULL;
    }
    Place taken = new Place();
    Refusal refusal = move(taken, address, nowNs);
    if (refusal == null) {
      connections++;
      channel.attr(PLACE).set(taken);
      channel.closeFuture().addListener(closed -> free(taken));
    }
    return refusal;
  }

  private @Nullable Refusal move(Place place, @Nullable AddressBlock address, long nowNs) {
    if (place.free || Objects.equals(place.address, address)) {
      return null;
    }
    Refusal refusal = address == null ? null : addresses.add(address, limits.get(), nowNs);
    if (refusal == null) {
      leaveAddress(place);
      place.address = address;
    }
    return refusal;
  }

  private synchronized void free(Place place) {
    leaveAddress(place);
    place.free = true;
    connections--;
  }

  private void leaveAddress(Place place) {
    if (place.address != null) {
      addresses.remove(place.address);
    }
  }

  /**
   * Where the connection counts: an IPv4 address, or a /64 of IPv6; null if it does not, or not
   * yet, as it may be that of a proxy for many.
   */
  private static @Nullable AddressBlock address(Channel channel) {
    InetSocketAddress client = ClientAddress.of(channel);
    InetAddress ip = client == null ? null : client.getAddress();
    if (ip == null || (!ClientAddress.isNamed(channel) && isFree(channel, ip))) {
      return null;
    }
    return AddressBlock.ofClient(ip);
  }

  /** Whether the other end is a trusted proxy, or on this machine. */
  private static boolean isFree(Channel channel, InetAddress ip) {
    return ClientAddress.isTrusted(channel)
        || AddressScope.of(ip) == AddressScope.LOOPBACK
        || (channel.localAddress() instanceof InetSocketAddress local
            && ip.equals(local.getAddress()));
  }

  /**
   * Whether there may be another link: not while too much waits to be sent over those that there
   * are. A refusal is counted.
   */
  boolean admitsLink() {
    long maxBytes = PlatformDependent.maxDirectMemory() / 100 * limits.get().queuePercent();
    boolean admits = EventLoops.waitingBytes() <= maxBytes;
    if (!admits) {
      counters.countRefused(Refusal.QUEUES_FULL);
      counters.countClosed(CloseReason.FULL);
      counters.countUnlinked(CloseReason.FULL);
    }
    return admits;
  }
}
