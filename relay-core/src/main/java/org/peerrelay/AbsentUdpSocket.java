package org.peerrelay;

import java.net.DatagramPacket;
import java.net.DatagramSocketImpl;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketAddress;

/**
 * What a datagram socket without a UDP socket has in its place. The other constructors of {@code
 * DatagramSocket} open one at once; given this, the JDK opens none, and it would fail loudly if a
 * method of a future JDK came to ask for it.
 */
final class AbsentUdpSocket extends DatagramSocketImpl {
  private static UnsupportedOperationException absent() {
    return new UnsupportedOperationException(
        "UDP socket: none (expected: use of RelayDatagramSocket's own methods)");
  }

  @Override
  protected void create() {
    throw absent();
  }

  @Override
  protected void bind(int port, InetAddress address) {
    throw absent();
  }

  @Override
  protected void send(DatagramPacket packet) {
    throw absent();
  }

  @Override
  protected int peek(InetAddress address) {
    throw absent();
  }

  @Override
  protected int peekData(DatagramPacket packet) {
    throw absent();
  }

  @Override
  protected void receive(DatagramPacket packet) {
    throw absent();
  }

  @Override
  @SuppressWarnings("deprecation")
  protected void setTTL(byte ttl) {
    throw absent();
  }

  @Override
  @SuppressWarnings("deprecation")
  protected byte getTTL() {
    throw absent();
  }

  @Override
  protected void setTimeToLive(int ttl) {
    throw absent();
  }

  @Override
  protected int getTimeToLive() {
    throw absent();
  }

  @Override
  protected void join(InetAddress group) {
    throw absent();
  }

  @Override
  protected void leave(InetAddress group) {
    throw absent();
  }

  @Override
  protected void joinGroup(SocketAddress group, NetworkInterface via) {
    throw absent();
  }

  @Override
  protected void leaveGroup(SocketAddress group, NetworkInterface via) {
    throw absent();
  }

  /** There is nothing to close. */
  @Override
  protected void close() {}

  @Override
  public void setOption(int option, Object value) {
    throw absent();
  }

  @Override
  public Object getOption(int option) {
    throw absent();
  }
}
