package org.peerrelay.transport;

import java.io.IOException;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.peerrelay.PeerBuilder;

/** Tests that all go to one relay, which relays after each of them as it did before. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class UnharmedRelay {
  private final Function<PeerBuilder, PeerBuilder> settings;
  RelayBench bench;

  UnharmedRelay() {
    this(builder -> builder);
  }

  UnharmedRelay(Function<PeerBuilder, PeerBuilder> settings) {
    this.settings = settings;
  }

  @BeforeAll
  final void start() throws IOException {
    bench = new RelayBench(settings);
  }

  @AfterAll
  final void stop() {
    bench.close();
  }

  @AfterEach
  final void theRelayStillRelays() {
    bench.assertRelays();
  }
}
