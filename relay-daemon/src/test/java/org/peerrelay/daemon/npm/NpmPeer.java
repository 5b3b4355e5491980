package org.peerrelay.daemon.npm;

import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * An npm peer. Ids are 40 hex characters. Each {@code await} method takes the first event that fits
 * out of what has arrived, so that two calls wait for two events; all have {@link
 * NpmHost#DEADLINE}.
 */
public final class NpmPeer {
  private final NpmHost host;
  private final String name;
  private final String id;
  private final @Nullable String url;
  private final NpmEvents events;

  NpmPeer(NpmHost host, String name, String id, @Nullable String url, NpmEvents events) {
    this.host = host;
    this.name = name;
    this.id = id;
    this.url = url;
    this.events = events;
  }

  public String id() {
    return id;
  }

  /**
   * Where it listens, as it tells other peers.
   *
   * @throws AssertionError if it does not listen
   */
  public String url() {
    if (url == null) {
      throw new AssertionError("url of " + name + ": none (expected: a peer that listens)");
    }
    return url;
  }

  /** Hands a message to the package; fails if the package throws at once. */
  public void send(String to, NpmPayload payload) {
    host.ask(payload.into(command("send").with("to", to)));
  }

  /** Sends a JSON value. */
  public void send(String to, String json) {
    send(to, NpmPayload.json(json));
  }

  /** Offers the peer with this id a link. */
  public void connect(String toId) {
    host.ask(command("connect").with("id", toId));
  }

  /** Closes the link to the peer with this id, if there is one. */
  public void disconnect(String fromId) {
    host.ask(command("disconnect").with("id", fromId));
  }

  /** The ids in its k-buckets. Links that found a bucket full are open, but not among them. */
  public List<String> peers() {
    return host.ask(command("peers")).texts("ids");
  }

  /** Closes its links and its listener. */
  public void destroy() {
    host.ask(command("destroy"));
  }

  public NpmMessage awaitMessage() {
    return awaitMessage("message", message -> true);
  }

  public NpmMessage awaitMessageFrom(String author) {
    return awaitMessage("message from " + author, message -> message.from().equals(author));
  }

  public NpmMessage awaitMessage(String what, Predicate<NpmMessage> fits) {
    return events.messages().take(what + " at " + name, fits, NpmHost.DEADLINE);
  }

  /**
   * Waits for a message that fits and takes it out; tells whether there was one within the time.
   *
   * @throws AssertionError if the process has ended, which is another thing than a lost message
   */
  public boolean hears(Predicate<NpmMessage> fits, Duration within) {
    return events.messages().poll("message at " + name, fits, within) != null;
  }

  /** The messages that have arrived and that nobody awaited. */
  public List<NpmMessage> messages() {
    return events.messages().snapshot();
  }

  /** Waits for the {@code peer} event of this id: the link is open on our side. */
  public void awaitPeer(String peerId) {
    events.peers().take("link of " + name + " to " + peerId, peerId::equals, NpmHost.DEADLINE);
  }

  /**
   * Waits until that peer has answered the {@code findPeers} that the package sends over each new
   * link: the link is known on the other side too, and a message sent from there arrives.
   */
  public void awaitAccepted(String byId) {
    events.acceptances().take("answer to " + name + " of " + byId, byId::equals, NpmHost.DEADLINE);
  }

  /** Waits until a link to this id closes. */
  public void awaitClosed(String peerId) {
    events.closings().take("end of a link to " + peerId, peerId::equals, NpmHost.DEADLINE);
  }

  /** The ids whose links have closed and that nobody awaited. */
  public List<String> closed() {
    return events.closings().snapshot();
  }

  @Override
  public String toString() {
    return name + " " + id;
  }

  private JsonLine command(String op) {
    return JsonLine.command(op).with("name", name);
  }
}
