package org.peerrelay.daemon;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.peerrelay.Peer;
import org.peerrelay.daemon.gateway.Gateway;
import picocli.CommandLine.Option;

/**
 * How a relay goes down: no new links first, then those who can go elsewhere, then the sessions,
 * and at last all that is left. Health checks have been told before.
 */
final class Draining {
  /**
   * How long leaves may take to link with another relay: three round trips and two signatures, over
   * the slowest ways of the internet.
   */
  private static final Duration GRACE = Duration.ofSeconds(1);

  /** Less than a quarter of an hour of ends that hang is enough for everybody. */
  private static final int MAX_TIMEOUT_S = 900;

  @Option(
      names = "--drain-timeout",
      paramLabel = "SECONDS",
      converter = Seconds.class,
      description = {
        "How long the relay may take to end when it is told to, by SIGTERM: then it ends with what"
            + " is left undone. Default: ${DEFAULT-VALUE}, within the 15 of the systemd unit"
      })
  private int timeoutS = 10;

  /** How long all of it may take, in milliseconds. */
  long timeoutMs() {
    return timeoutS * 1_000L;
  }

  /** Begins, and returns when {@code relay} can be closed. */
  void drain(Peer relay, Gateway gateway) {
    CompletableFuture<Void> drained = relay.drain(GRACE);
    gateway.close();
    drained.join();
  }

  /** A time to end in. */
  static final class Seconds extends WholeNumber {
    Seconds() {
      super(1, MAX_TIMEOUT_S);
    }
  }
}
