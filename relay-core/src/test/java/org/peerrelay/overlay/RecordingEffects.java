package org.peerrelay.overlay;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.CloseReason;
import org.peerrelay.message.Message;
import org.peerrelay.message.Pointer;
import org.peerrelay.relay.Link;

/** Effects that are written down and not carried out. */
final class RecordingEffects implements Effects {
  /** One call of {@link Effects#dial}. */
  record Dial(String url, @Nullable PeerId expected) {}

  /** One call of {@link Effects#close}. */
  record Close(Link link, CloseReason reason) {}

  /** One call of {@link Effects#send}. */
  record Send(PeerId to, Message message, int attempt) {
    /** The straight way. */
    Send(PeerId to, Message message) {
      this(to, message, 0);
    }
  }

  /** One call of {@link Effects#probe}. */
  record Probe(Link over, PeerId to, long nonce) {}

  /** One call of {@link Effects#connectFailed}. */
  record Failed(PeerId peer, ConnectFailure failure) {}

  private final List<Dial> dials = new ArrayList<>();
  private final Map<Link, Integer> goingDown = new HashMap<>();
  private final List<Dial> checks = new ArrayList<>();
  private final List<Close> closes = new ArrayList<>();
  private final List<Link> pings = new ArrayList<>();
  private final List<Send> sends = new ArrayList<>();
  private final List<Probe> probes = new ArrayList<>();
  private long probesSent;
  private int sendsBeforeClose;
  private final List<PeerId> linked = new ArrayList<>();
  private final List<PeerId> unlinked = new ArrayList<>();
  private final List<Failed> failures = new ArrayList<>();

  @Override
  public void dial(String url, @Nullable PeerId expected) {
    dials.add(new Dial(url, expected));
  }

  @Override
  public void verify(String url, PeerId peer) {
    checks.add(new Dial(url, peer));
  }

  @Override
  public void close(Link link, CloseReason reason) {
    closes.add(new Close(link, reason));
    sendsBeforeClose = sends.size();
  }

  @Override
  public void ping(Link link) {
    pings.add(link);
  }

  @Override
  public long probe(Link over, PeerId to) {
    probes.add(new Probe(over, to, ++probesSent));
    return probesSent;
  }

  @Override
  public void send(PeerId to, Message message, int attempt) {
    sends.add(new Send(to, message, attempt));
  }

  @Override
  public void tellGoingDown(Link link, int delayMs) {
    goingDown.put(link, delayMs);
  }

  @Override
  public Pointer pointer(PeerId peer, List<PeerId> relays, int lifetimeS) {
    return new Pointer(peer, relays, 1, lifetimeS, null);
  }

  @Override
  public void linked(PeerId peer) {
    linked.add(peer);
  }

  @Override
  public void admitted(Link link) {}

  @Override
  public void unlinked(PeerId peer) {
    unlinked.add(peer);
  }

  @Override
  public void connectFailed(PeerId peer, ConnectFailure failure) {
    failures.add(new Failed(peer, failure));
  }

  /** The dials since this was last asked; so for the others below. */
  List<Dial> takeDials() {
    return take(dials);
  }

  List<Dial> takeChecks() {
    return take(checks);
  }

  List<Close> takeCloses() {
    return take(closes);
  }

  /** The delay that each was told. */
  Map<Link, Integer> goingDown() {
    return goingDown;
  }

  List<Link> takePings() {
    return take(pings);
  }

  List<Send> takeSends() {
    return take(sends);
  }

  /** How many of the sends that were not taken yet came before the last close. */
  int sendsBeforeClose() {
    return sendsBeforeClose;
  }

  /** The probes that were not taken yet. */
  List<Probe> probes() {
    return probes;
  }

  List<Probe> takeProbes() {
    return take(probes);
  }

  List<PeerId> takeLinked() {
    return take(linked);
  }

  List<PeerId> takeUnlinked() {
    return take(unlinked);
  }

  List<Failed> takeFailures() {
    return take(failures);
  }

  /** The peers to whom an offer was sent since sends were last taken. */
  List<PeerId> takeOffers() {
    return takeSends().stream()
        .filter(send -> send.message() instanceof Message.HandshakeOffer)
        .map(Send::to)
        .toList();
  }

  /** Forgets everything so far. */
  void clear() {
    takeDials();
    takeChecks();
    takeCloses();
    takePings();
    takeSends();
    takeProbes();
    takeLinked();
    takeUnlinked();
    takeFailures();
  }

  private static <T> List<T> take(List<T> from) {
    List<T> taken = List.copyOf(from);
    from.clear();
    return taken;
  }
}
