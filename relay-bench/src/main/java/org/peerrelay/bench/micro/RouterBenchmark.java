package org.peerrelay.bench.micro;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.Header;
import org.peerrelay.message.MessageKind;
import org.peerrelay.relay.Link;
import org.peerrelay.relay.LinkFormat;
import org.peerrelay.relay.Router;
import org.peerrelay.relay.RouterConfig;
import org.peerrelay.relay.Verdict;

/** The routing decision, duplicate table included, from one attached peer to another. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class RouterBenchmark {
  private static final long SEED = 1;

  /** How many peers are attached. */
  @Param({"100", "1000", "10000"})
  int peers;

  private final List<Link> links = new ArrayList<>();
  private final Random random = new Random(SEED);
  private Router router = new Router(PeerId.random(random), RouterConfig.RELAY, random);
  private long nonce;

  /** Attaches the peers. */
  @Setup
  public void attach() {
    router = new Router(PeerId.random(random), RouterConfig.RELAY, random);
    for (int i = 0; i < peers; i++) {
      Link link = new SilentLink(PeerId.random(random));
      links.add(link);
      router.attach(link);
    }
    router.refresh();
  }

  /** Routes a datagram to an attached peer. */
  @Benchmark
  public Verdict toAttachedPeer() {
    nonce++;
    Link from = links.get((int) (nonce % peers));
    PeerId to = links.get((int) (nonce * 31 % peers)).peer();
    return route(from, to);
  }

  /** Routes a datagram to somebody who is not here. */
  @Benchmark
  public Verdict toStranger() {
    nonce++;
    return route(links.get((int) (nonce % peers)), new PeerId(nonce << 40, nonce, 1));
  }

  private Verdict route(Link from, PeerId to) {
    Header header = new Header(to, from.peer(), nonce, MessageKind.USER, List.of(from.peer()));
    return router.route(header, null, from, nonce);
  }

  /** Nothing comes or goes over it. */
  private static final class SilentLink extends Link {
    SilentLink(PeerId peer) {
      super(peer, null, LinkFormat.LEGACY);
    }

    @Override
    public long lastHeardNs() {
      return 0;
    }
  }
}
