package org.peerrelay.daemon.npm;

import java.util.Base64;
import java.util.List;
import java.util.function.Predicate;

/** An npm {@code PeerRelay.Socket}, bound. Waiting is as in {@link NpmPeer}. */
public final class NpmSocket {
  private final NpmHost host;
  private final String name;
  private final String id;
  private final int port;
  private final NpmEvents events;

  NpmSocket(NpmHost host, String name, String id, int port, NpmEvents events) {
    this.host = host;
    this.name = name;
    this.id = id;
    this.port = port;
    this.events = events;
  }

  /** Its peer's id, which is its address: 40 hex characters. */
  public String id() {
    return id;
  }

  public int port() {
    return port;
  }

  /**
   * Sends one datagram.
   *
   * @param toPort a label: the package delivers to the address whatever the port
   * @param address the receiver's id in hex
   */
  public void send(byte[] bytes, int toPort, String address) {
    host.ask(
        JsonLine.command("socket-send")
            .with("name", name)
            .with("base64", Base64.getEncoder().encodeToString(bytes))
            .with("port", toPort)
            .with("address", address));
  }

  public NpmDatagram awaitDatagram() {
    return awaitDatagram("datagram", datagram -> true);
  }

  public NpmDatagram awaitDatagram(String what, Predicate<NpmDatagram> fits) {
    return events.datagrams().take(what + " at " + name, fits, NpmHost.DEADLINE);
  }

  /** The datagrams that have arrived and that nobody awaited. */
  public List<NpmDatagram> datagrams() {
    return events.datagrams().snapshot();
  }

  /** Waits until the relay with this id has answered; see {@link NpmPeer#awaitAccepted}. */
  public void awaitAccepted(String byId) {
    events.acceptances().take("answer to " + name + " of " + byId, byId::equals, NpmHost.DEADLINE);
  }

  /** Closes its peer. */
  public void destroy() {
    host.ask(JsonLine.command("destroy").with("name", name));
  }
}
