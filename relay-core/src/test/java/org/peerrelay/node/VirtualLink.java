package org.peerrelay.node;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.peerrelay.id.PeerId;
import org.peerrelay.relay.Link;
import org.peerrelay.relay.LinkFormat;

/** One end of a link in a {@link VirtualNetwork}. */
final class VirtualLink extends Link {
  private final VirtualHost owner;
  private final long latencyNs;
  private final List<Runnable> early = new ArrayList<>();
  private @Nullable VirtualLink otherEnd;
  private boolean open = true;
  private boolean begun;
  private long heardNs;

  VirtualLink(VirtualHost owner, PeerId peer, @Nullable String dialedUrl, long latencyNs) {
    super(peer, dialedUrl, LinkFormat.BINARY);
    this.owner = owner;
    this.latencyNs = latencyNs;
  }

  void join(VirtualLink other) {
    otherEnd = other;
    other.otherEnd = this;
  }

  boolean open() {
    return open;
  }

  void heard(long nowNs) {
    heardNs = nowNs;
  }

  @Override
  public long lastHeardNs() {
    return heardNs;
  }

  /** The owner has accepted it, and reads what has come so far. */
  void begin() {
    begun = true;
    early.forEach(Runnable::run);
    early.clear();
  }

  void send(VirtualNetwork network, VirtualDatagram datagram) {
    VirtualLink other = requireNonNull(otherEnd);
    if (open) {
      network.after(latencyNs, () -> other.arrive(() -> other.owner.receive(other, datagram)));
    }
  }

  void ping(VirtualNetwork network) {
    VirtualLink other = requireNonNull(otherEnd);
    network.after(latencyNs, () -> other.arrive(() -> other.heard(network.nowNs())));
    network.after(
        2 * latencyNs,
        () -> {
          if (other.owner.running()) {
            arrive(() -> heard(network.nowNs()));
          }
        });
  }

  private void arrive(Runnable what) {
    if (!open || !owner.running()) {
      return;
    }
    if (begun) {
      what.run();
    } else {
      early.add(what);
    }
  }

  void close(VirtualNetwork network) {
    VirtualLink other = requireNonNull(otherEnd);
    if (open) {
      open = false;
      network.after(0, () -> owner.down(this));
      network.after(
          latencyNs,
          () -> {
            other.open = false;
            other.owner.down(other);
          });
    }
  }
}
