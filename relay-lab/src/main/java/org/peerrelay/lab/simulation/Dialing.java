package org.peerrelay.lab.simulation;

import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.peerrelay.id.PeerId;
import org.peerrelay.overlay.ConnectFailure;
import org.peerrelay.relay.LinkFormat;

/**
 * A dial under way. Connecting, the upgrade to WebSocket and the exchange of HELLO and PROOF take
 * three round trips, the last of which ends with the word of the one that is dialed.
 */
final class Dialing {
  /** As transports wait for a socket that does not connect. */
  private static final long TIMEOUT_NS = TimeUnit.SECONDS.toNanos(10);

  /** After so many times the latency the dialed end has the dialer's proof. */
  private static final int LATENCIES = 5;

  private final Host dialer;
  private final Network network;
  private final String url;
  private final @Nullable PeerId expected;

  Dialing(Host dialer, String url, @Nullable PeerId expected) {
    this.dialer = dialer;
    this.network = dialer.network();
    this.url = url;
    this.expected = expected;
  }

  void begin() {
    Host dialed = network.at(url);
    if (dialed == null) {
      failAfter(2 * network.latencyToNowhereNs(dialer), ConnectFailure.DIAL_FAILED);
    } else if (!dialed.isRunning() || network.isApart(dialer, dialed)) {
      failAfter(TIMEOUT_NS, ConnectFailure.DIAL_FAILED);
    } else {
      long latencyNs = network.latencyNs(dialer, dialed);
      network.after(LATENCIES * latencyNs, () -> meet(dialed, latencyNs));
    }
  }

  /** Only sees whether {@code peer} answers, and makes no link. */
  void verify(PeerId peer) {
    Host dialed = network.at(url);
    boolean met = false;
    long delayNs = 2 * network.latencyToNowhereNs(dialer);
    if (dialed != null) {
      boolean answers = dialed.isRunning() && !network.isApart(dialer, dialed);
      met = answers && dialed.id().equals(peer);
      delayNs = answers ? (LATENCIES + 1) * network.latencyNs(dialer, dialed) : TIMEOUT_NS;
    }
    report(peer, met, delayNs);
  }

  private void report(PeerId peer, boolean met, long delayNs) {
    network.after(
        delayNs,
        () -> {
          if (dialer.isRunning()) {
            dialer.node().onVerified(url, peer, met, network.nowNs());
          }
        });
  }

  /** The proof of the dialer has come in. */
  private void meet(Host dialed, long latencyNs) {
    if (!dialer.isRunning()) {
      return;
    }
    if (!dialed.isRunning() || network.isApart(dialer, dialed)) {
      failAfter(latencyNs, ConnectFailure.DIAL_FAILED);
      return;
    }
    if (expected != null && !expected.equals(dialed.id())) {
      failAfter(latencyNs, ConnectFailure.WRONG_PEER);
      return;
    }
    LinkFormat format = Wire.format(dialer, dialed);
    SimulatedLink here = SimulatedLink.between(dialer, dialed, url, format, latencyNs);
    SimulatedLink there = here.otherEnd();
    describe(here);
    describe(there);
    network.wire().opened(here);
    network.after(latencyNs, () -> arrive(here));
    dialed.onUp(there);
  }

  /** The proof of the dialed has come in. */
  private void arrive(SimulatedLink here) {
    if (!dialer.isRunning()) {
      // Its end went with it, before anybody could be told.
      here.open = false;
      network.reset(here.otherEnd());
    } else if (here.open) {
      dialer.onUp(here);
    } else {
      dialer.node().onDialFailed(url, expected, ConnectFailure.DIAL_FAILED, network.nowNs());
    }
  }

  /** What each end knows from the other's HELLO. */
  private static void describe(SimulatedLink end) {
    end.introduced();
    if (end.other.role() == NodeRole.RELAY) {
      end.sawRelaying();
      if (end.owner.url() != null && end.format() == LinkFormat.BINARY) {
        end.sawInside(Objects.requireNonNull(end.other.url()));
      }
    }
  }

  private void failAfter(long delayNs, ConnectFailure failure) {
    network.after(
        delayNs,
        () -> {
          if (dialer.isRunning()) {
            dialer.node().onDialFailed(url, expected, failure, network.nowNs());
          }
        });
  }
}
