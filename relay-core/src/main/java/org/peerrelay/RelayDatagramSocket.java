package org.peerrelay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.peerrelay.ReceiveBuffer.Arrival;
import org.peerrelay.ReceiveBuffer.Remote;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.Payload;
import org.peerrelay.wire.legacy.SocketForm;

/**
 * A datagram socket whose datagrams go through relays, from peer to peer, instead of by UDP: code
 * that is written for {@link java.net.DatagramSocket} works when it is given one. It understands
 * the sockets of the npm package ({@code PeerRelay.Socket}) and they understand it.
 *
 * <p>An IPv6 address under fd00::/8 stands for a peer: {@link #addressOf} makes it, {@link #peerOf}
 * tells whose it is. It holds 120 of the id's 160 bits; the process remembers the others of 65,536
 * peers that it named by {@code addressOf} or that own a socket here, and of 65,536 that it
 * received datagrams from, those used last. To any other address nothing can be sent. Of two ids
 * with the same 120 bits the address stands for the first, or the named one; the datagrams of the
 * other are dropped.
 *
 * <p>A peer has one socket, and a datagram to it arrives whatever port it is sent to; the port in a
 * received packet is what the sender calls its own. npm sockets may have port 0, so one may send to
 * it. A socket that is {@link #connect connected} to port 0 receives from all ports of the peer,
 * since a program may know no more of an npm socket than its id.
 *
 * <p>As with UDP, a datagram holds up to 65,507 bytes and may be lost, doubled or overtaken. What
 * is sent before there is a link waits for the first one, for 30 seconds at most. What nobody
 * receives waits in a buffer of 1 MiB ({@link #setReceiveBufferSize}); when it is full, new
 * datagrams are dropped and counted ({@link #dropped}). The sender that a packet names is the
 * author that the datagram itself names, which the legacy wire format does not prove.
 *
 * <p>All methods are for any thread. {@link #receive} must not be called by a listener of the peer,
 * whose thread it would block.
 */
public final class RelayDatagramSocket extends DetachedDatagramSocket {
  /** The most that a datagram may hold, the same as of UDP over IPv4. */
  public static final int MAX_DATAGRAM_BYTES = 65_507;

  private static final int RECEIVE_BUFFER_BYTES = 1_024 * 1_024;
  private static final int MAX_ADDRESSES = 65_536;
  private static final int MAX_PORT = 65_535;

  /** npm sockets draw their ports below this; 0 is left out, which stands for no port in Java. */
  private static final int DRAWN_PORTS_END = 9_999;

  // Of the process, as addresses and packets go from one socket to another.
  private static final PeerAddresses ADDRESSES = new PeerAddresses(MAX_ADDRESSES);
  private static final PacketCapacities CAPACITIES = new PacketCapacities();

  private final Peer peer;
  private final int localPort;
  private final int maxDatagramBytes;
  private final ReceiveBuffer buffer;

  private RelayDatagramSocket(
      Peer peer, int localPort, int maxDatagramBytes, ReceiveBuffer buffer) {
    super(new SocketOptionValues(maxDatagramBytes, RECEIVE_BUFFER_BYTES));
    this.peer = peer;
    this.localPort = localPort;
    this.maxDatagramBytes = maxDatagramBytes;
    this.buffer = buffer;
  }

  /**
   * Starts a peer and opens its socket, bound to a port from 1 to 9,998.
   *
   * @see #open(PeerBuilder, int)
   */
  public static RelayDatagramSocket open(PeerBuilder builder) throws IOException {
    return open(builder, 0);
  }

  /**
   * Starts a peer and opens its socket, bound to {@code port}; 0 draws one from 1 to 9,998. The
   * socket takes the peer's messages: a listener for them that {@code builder} has is replaced. It
   * owns the peer, which {@link #close} closes.
   *
   * @throws IOException if the peer cannot listen where it should
   * @throws IllegalArgumentException if the port is none
   */
  public static RelayDatagramSocket open(PeerBuilder builder, int port) throws IOException {
    if (port < 0 || port > MAX_PORT) {
      throw new IllegalArgumentException("port: " + port + " (expected: 0 to " + MAX_PORT + ")");
    }
    int bound = port == 0 ? ThreadLocalRandom.current().nextInt(1, DRAWN_PORTS_END) : port;
    ReceiveBuffer buffer = new ReceiveBuffer(RECEIVE_BUFFER_BYTES);
    Peer peer = builder.onMessage((from, payload) -> onMessage(buffer, from, payload)).start();
    int maxDatagramBytes = Math.min(MAX_DATAGRAM_BYTES, peer.maxPayloadBytes());
    return new RelayDatagramSocket(peer, bound, maxDatagramBytes, buffer);
  }

  /**
   * The address that stands for {@code peer}. Making it asks no name service; its host name is the
   * id.
   *
   * @throws IllegalArgumentException if this process has named another peer by the same address
   */
  public static InetAddress addressOf(PeerId peer) {
    return ADDRESSES.name(peer);
  }

  /** The peer that {@code address} stands for, if it stands for one that is remembered. */
  public static Optional<PeerId> peerOf(InetAddress address) {
    return Optional.ofNullable(ADDRESSES.find(address));
  }

  /** The peer behind this socket. Close the socket rather than it. */
  public Peer peer() {
    return peer;
  }

  /** How many messages did not get to a receiver for {@code reason} while the socket was open. */
  public long dropped(SocketDrop reason) {
    return buffer.dropped(reason);
  }

  private static void onMessage(ReceiveBuffer buffer, PeerId from, Payload payload) {
    SocketForm datagram = SocketForm.read(payload);
    if (datagram == null) {
      buffer.countDropped(SocketDrop.OTHER_FORM);
    } else {
      buffer.add(new Arrival(from, datagram));
    }
  }

  /**
   * Sends a datagram. Does not block; whether it arrives is not known.
   *
   * @throws IOException if the socket is closed, if the datagram is too large, or if the packet's
   *     address stands for no peer that is remembered
   * @throws IllegalArgumentException if the packet has no address and the socket is not connected,
   *     or if it has another than the one that the socket is connected to
   */
  @Override
  public void send(DatagramPacket packet) throws IOException {
    PeerId to;
    SocketForm datagram;
    synchronized (packet) {
      requireOpen();
      to = destination(packet);
      int size = packet.getLength();
      if (size > maxDatagramBytes) {
        throw new SocketException(
            "datagram: " + size + " bytes (expected: at most " + maxDatagramBytes + ")");
      }
      datagram = SocketForm.of(packet.getData(), packet.getOffset(), size, localPort);
    }
    peer.sendChecked(to, datagram.write(peer.id()));
  }

  private PeerId destination(DatagramPacket packet) throws IOException {
    Remote remote = buffer.remote();
    InetAddress address = packet.getAddress();
    if (remote == null) {
      if (address == null) {
        throw new IllegalArgumentException("packet address: none (expected: one, or connect)");
      }
      return ADDRESSES.require(address);
    }
    if (address == null) {
      packet.setSocketAddress(remote.address());
    } else if (!address.equals(remote.address().getAddress())
        || !remote.includes(remote.id(), packet.getPort())) {
      throw new IllegalArgumentException(
          "packet address: "
              + address.getHostAddress()
              + " port "
              + packet.getPort()
              + " (expected: "
              + remote.address()
              + ", to which the socket is connected)");
    }
    return remote.id();
  }

  /**
   * Waits for a datagram and puts it into {@code packet}, cut to what that can hold. Interrupting
   * the thread does not end the waiting; closing the socket does.
   *
   * @throws java.net.SocketTimeoutException if there is none within {@link #setSoTimeout}
   * @throws SocketException if the socket is closed
   */
  @Override
  public void receive(DatagramPacket packet) throws IOException {
    long sinceNs = System.nanoTime();
    long timeoutNs = TimeUnit.MILLISECONDS.toNanos(getSoTimeout());
    Arrival arrival;
    InetAddress sender;
    do {
      arrival = buffer.take(sinceNs, timeoutNs);
      sender = ADDRESSES.hear(arrival.from());
      if (sender == null) {
        buffer.countDropped(SocketDrop.ADDRESS_TAKEN);
      }
    } while (sender == null);
    synchronized (packet) {
      int capacity = CAPACITIES.of(packet);
      int length = arrival.datagram().copyTo(packet.getData(), packet.getOffset(), capacity);
      CAPACITIES.setLength(packet, length, capacity);
      packet.setAddress(sender);
      packet.setPort(arrival.datagram().port());
    }
  }

  /**
   * Fails: a socket is bound from its opening on.
   *
   * @throws SocketException always
   */
  @Override
  public void bind(@Nullable SocketAddress address) throws SocketException {
    requireOpen();
    throw new SocketException(
        "already bound: to port " + localPort + " (expected: no bind, but open with a port)");
  }

  /**
   * Sends to and receives from one peer only. Port 0 means all its ports.
   *
   * @throws UncheckedIOException if the address stands for no peer that is remembered
   */
  @Override
  public void connect(@Nullable InetAddress address, int port) {
    if (address == null) {
      throw noAddress();
    }
    try {
      connect(new InetSocketAddress(address, port));
    } catch (SocketException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Sends to and receives from one peer only. Port 0 means all its ports.
   *
   * @throws SocketException if the address stands for no peer that is remembered
   */
  @Override
  public void connect(@Nullable SocketAddress address) throws SocketException {
    if (!(address instanceof InetSocketAddress internet)) {
      throw noAddress();
    }
    if (internet.isUnresolved()) {
      throw new SocketException("address: " + internet + " (expected: a resolved one)");
    }
    if (!isClosed()) {
      buffer.connect(new Remote(ADDRESSES.require(internet.getAddress()), internet));
    }
  }

  private static IllegalArgumentException noAddress() {
    return new IllegalArgumentException("address: none (expected: an InetSocketAddress)");
  }

  @Override
  public void disconnect() {
    buffer.disconnect();
  }

  @Override
  public boolean isConnected() {
    return buffer.remote() != null;
  }

  @Override
  public @Nullable InetAddress getInetAddress() {
    Remote remote = buffer.remote();
    return remote == null ? null : remote.address().getAddress();
  }

  @Override
  public int getPort() {
    Remote remote = buffer.remote();
    return remote == null ? -1 : remote.address().getPort();
  }

  @Override
  public @Nullable SocketAddress getRemoteSocketAddress() {
    Remote remote = buffer.remote();
    return remote == null ? null : remote.address();
  }

  @Override
  public boolean isBound() {
    return true;
  }

  /** The address that stands for this socket's own peer; null if it is closed. */
  @Override
  public @Nullable InetAddress getLocalAddress() {
    return isClosed() ? null : addressOf(peer.id());
  }

  @Override
  public int getLocalPort() {
    return isClosed() ? -1 : localPort;
  }

  /** The address that stands for this socket's own peer, and its port; null if it is closed. */
  @Override
  public @Nullable SocketAddress getLocalSocketAddress() {
    InetAddress address = getLocalAddress();
    return address == null ? null : new InetSocketAddress(address, localPort);
  }

  /**
   * Closes the socket and its peer: whoever receives gets a {@link SocketException}. Waits until
   * what was sent has been handed to the links, for some seconds at most. Idempotent.
   */
  @Override
  public void close() {
    buffer.close();
    peer.close();
  }

  @Override
  public boolean isClosed() {
    return buffer.isClosed();
  }

  @Override
  void requireOpen() throws SocketException {
    buffer.requireOpen();
  }

  @Override
  void onReceiveBufferSize(int bytes) {
    buffer.setMaxBytes(bytes);
  }
}
