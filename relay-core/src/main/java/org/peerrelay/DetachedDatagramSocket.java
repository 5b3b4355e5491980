package org.peerrelay;

import java.net.DatagramSocket;
import java.net.NetworkInterface;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A datagram socket that has no UDP socket: the part of it that is about options. Those that mean
 * nothing here can be set and read, and have no effect; what cannot be had says so.
 */
abstract class DetachedDatagramSocket extends DatagramSocket {
  private final SocketOptionValues options;
  private volatile int timeoutMs;

  DetachedDatagramSocket(SocketOptionValues options) {
    super(new AbsentUdpSocket());
    this.options = options;
  }

  /** Fails if the socket is closed. */
  abstract void requireOpen() throws SocketException;

  /** The option {@code SO_RCVBUF} has been set. */
  abstract void onReceiveBufferSize(int bytes);

  @Override
  public final <T> DatagramSocket setOption(SocketOption<T> name, @Nullable T value)
      throws SocketException {
    set(name, value);
    return this;
  }

  @Override
  public final <T> T getOption(SocketOption<T> name) throws SocketException {
    requireOpen();
    return options.get(name);
  }

  @Override
  public final Set<SocketOption<?>> supportedOptions() {
    return options.names();
  }

  private void set(SocketOption<?> name, @Nullable Object value) throws SocketException {
    requireOpen();
    options.set(name, value);
    if (name.equals(StandardSocketOptions.SO_RCVBUF)) {
      onReceiveBufferSize(options.get(StandardSocketOptions.SO_RCVBUF));
    }
  }

  @Override
  public final void setSoTimeout(int timeout) throws SocketException {
    requireOpen();
    if (timeout < 0) {
      throw new IllegalArgumentException("timeout: " + timeout + " ms (expected: 0 or more)");
    }
    timeoutMs = timeout;
  }

  @Override
  public final int getSoTimeout() throws SocketException {
    requireOpen();
    return timeoutMs;
  }

  /** Has no effect: what waits to be sent is bounded for each link, not for each socket. */
  @Override
  public final void setSendBufferSize(int size) throws SocketException {
    set(StandardSocketOptions.SO_SNDBUF, size);
  }

  @Override
  public final int getSendBufferSize() throws SocketException {
    return getOption(StandardSocketOptions.SO_SNDBUF);
  }

  /**
   * Bounds how much may wait to be received, in bytes; each datagram counts as 200 bytes more than
   * it holds.
   */
  @Override
  public final void setReceiveBufferSize(int size) throws SocketException {
    set(StandardSocketOptions.SO_RCVBUF, size);
  }

  @Override
  public final int getReceiveBufferSize() throws SocketException {
    return getOption(StandardSocketOptions.SO_RCVBUF);
  }

  /** Has no effect: each socket has an address of its own. */
  @Override
  public final void setReuseAddress(boolean on) throws SocketException {
    set(StandardSocketOptions.SO_REUSEADDR, on);
  }

  @Override
  public final boolean getReuseAddress() throws SocketException {
    return getOption(StandardSocketOptions.SO_REUSEADDR);
  }

  /** Has no effect: there are no broadcast addresses. */
  @Override
  public final void setBroadcast(boolean on) throws SocketException {
    set(StandardSocketOptions.SO_BROADCAST, on);
  }

  @Override
  public final boolean getBroadcast() throws SocketException {
    return getOption(StandardSocketOptions.SO_BROADCAST);
  }

  /** Has no effect: relays know no traffic classes. */
  @Override
  public final void setTrafficClass(int trafficClass) throws SocketException {
    set(StandardSocketOptions.IP_TOS, trafficClass);
  }

  @Override
  public final int getTrafficClass() throws SocketException {
    return getOption(StandardSocketOptions.IP_TOS);
  }

  /** There is none. */
  @Override
  public final @Nullable DatagramChannel getChannel() {
    return null;
  }

  /**
   * There are no multicast groups.
   *
   * @throws UnsupportedOperationException always
   */
  @Override
  public final void joinGroup(SocketAddress group, @Nullable NetworkInterface via) {
    throw noMulticast(group);
  }

  /**
   * There are no multicast groups.
   *
   * @throws UnsupportedOperationException always
   */
  @Override
  public final void leaveGroup(SocketAddress group, @Nullable NetworkInterface via) {
    throw noMulticast(group);
  }

  private static UnsupportedOperationException noMulticast(SocketAddress group) {
    return new UnsupportedOperationException(
        "multicast group: " + group + " (expected: none, peers have single addresses only)");
  }
}
