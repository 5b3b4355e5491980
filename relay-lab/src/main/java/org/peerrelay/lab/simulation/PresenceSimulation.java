package org.peerrelay.lab.simulation;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleConsumer;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import org.peerrelay.id.PeerId;
import org.peerrelay.presence.DisconnectReason;
import org.peerrelay.presence.FrameCodec;
import org.peerrelay.presence.MalformedPresenceException;
import org.peerrelay.presence.PresenceFrame;

/**
 * Runs a {@link PresenceScenario}. Datagrams go straight from one peer to the other, with the
 * latency and the loss of the scenario's links: what relays and swarms do beneath is not simulated.
 * Members are known to each other at once, and one that crashes ten seconds later.
 */
public final class PresenceSimulation {
  private static final long TICK_NS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long BEGIN_NS = TimeUnit.SECONDS.toNanos(5);
  private static final long HELLO_NS = TimeUnit.SECONDS.toNanos(3);
  private static final long CRASH_NOTICED_NS = TimeUnit.SECONDS.toNanos(10);

  /** What is on its way when measuring ends has so long to arrive. */
  private static final double LAST_S = 10;

  private static final double REPAIR_S = 60;
  private static final double NS_PER_S = 1e9;
  private static final int HISTOGRAM_DIGITS = 3;

  private final PresenceScenario scenario;
  private final DoubleConsumer progress;
  private final SplittableRandom random;
  private final Latencies latencies;
  private final EventQueue queue = new EventQueue();
  private final PresenceTally tally = new PresenceTally();
  private final @Nullable PresencePreload preload;
  private final List<PresencePeer> peers = new ArrayList<>();
  private final Map<PeerId, PresencePeer> byId = new HashMap<>();
  private final List<String> violations = new ArrayList<>();
  private boolean cut;
  private double settledS = -1;
  private long events;
  private long nowNs;

  private PresenceSimulation(PresenceScenario scenario, DoubleConsumer progress) {
    this.scenario = scenario;
    this.progress = progress;
    this.random = new SplittableRandom(scenario.seed());
    this.preload = scenario.preloaded() ? new PresencePreload() : null;
    this.latencies = new Latencies(scenario.seed(), scenario.links());
  }

  /** Runs a scenario; {@code progress} is told from time to time which part is done, up to 1. */
  public static PresenceReport run(PresenceScenario scenario, DoubleConsumer progress) {
    long beginNs = System.nanoTime();
    PresenceSimulation simulation = new PresenceSimulation(scenario, progress);
    simulation.run();
    Runtime runtime = Runtime.getRuntime();
    double wallS = (System.nanoTime() - beginNs) / NS_PER_S;
    return simulation.report(
        new Performance(wallS, simulation.events, runtime.totalMemory() - runtime.freeMemory()));
  }

  long nowNs() {
    return nowNs;
  }

  PresenceTally tally() {
    return tally;
  }

  private void run() {
    for (int i = 0; i < scenario.peers(); i++) {
      create();
    }
    List<PeerId> ids = peers.stream().map(peer -> peer.id).toList();
    for (PresencePeer peer : peers) {
      ids.forEach(id -> peer.onMember(id, nowNs));
      begin(peer, random.nextLong(BEGIN_NS));
    }
    settle();
    check("settled");
    measure();
    check("measured");
    if (scenario.replaced() > 0) {
      replace();
      passS(REPAIR_S);
      check("replaced");
    }
    if (scenario.partitionS() > 0) {
      cut = true;
      passS(scenario.partitionS());
      cut = false;
      passS(REPAIR_S);
      check("healed");
    }
  }

  private PresencePeer create() {
    int number = peers.size();
    PeerId id = PeerId.random(random);
    PresencePeer peer =
        number < scenario.observers()
            ? new PresencePeer.Observing(number, id, this, random.split())
            : new PresencePeer.Gossiping(number, id, this, random.split());
    peers.add(peer);
    byId.put(id, peer);
    return peer;
  }

  /** The peer lives from then on. */
  private void begin(PresencePeer peer, long afterNs) {
    queue.add(new Tick(peer), nowNs + afterNs);
    queue.add(new Hello(peer), nowNs + afterNs + HELLO_NS);
  }

  /** A peer shows its first data, when it has neighbours that hear of them. */
  private static final class Hello extends Event {
    private final PresencePeer peer;

    Hello(PresencePeer peer) {
      this.peer = peer;
    }

    @Override
    void happen() {
      peer.setData(data(peer, "hello"));
    }
  }

  private static byte[] data(PresencePeer peer, String what) {
    return ("{\"name\":\"peer " + peer.number + "\",\"mood\":\"" + what + "\"}")
        .getBytes(StandardCharsets.UTF_8);
  }

  private final class Tick extends Event {
    private final PresencePeer peer;

    Tick(PresencePeer peer) {
      this.peer = peer;
    }

    @Override
    void happen() {
      if (peer.alive) {
        peer.onTick(nowNs);
        queue.add(this, nowNs + TICK_NS);
      }
    }
  }

  private final class Arrival extends Event {
    private final PresencePeer from;
    private final PresencePeer to;
    private final PresenceFrame frame;

    Arrival(PresencePeer from, PresencePeer to, PresenceFrame frame) {
      this.from = from;
      this.to = to;
      this.frame = frame;
    }

    @Override
    void happen() {
      if (to.alive && !isCut(from, to)) {
        to.onFrame(from.id, scenario.throughBytes() ? throughBytes(frame) : frame, nowNs);
      }
    }
  }

  private static PresenceFrame throughBytes(PresenceFrame frame) {
    try {
      return FrameCodec.decode(FrameCodec.encode(frame)).orElseThrow();
    } catch (MalformedPresenceException e) {
      throw new IllegalStateException("frame: " + frame + " (expected: one that can be read)", e);
    }
  }

  private boolean isCut(PresencePeer one, PresencePeer other) {
    return cut && (one.number + other.number) % 2 != 0;
  }

  /** A peer sends a datagram. */
  void send(PresencePeer from, PeerId member, PresenceFrame frame) {
    tally.onSent(from, frame);
    PresencePeer to = byId.get(member);
    if (to != null && preload != null && preload.holdsBack(frame, nowNs)) {
      preload.answer(frame, nowNs).forEach(page -> carry(to, from, page));
    } else if (to != null && to.alive && random.nextDouble() >= scenario.links().loss()) {
      carry(from, to, frame);
    }
  }

  private void carry(PresencePeer from, PresencePeer to, PresenceFrame frame) {
    long jitterNs = (long) (random.nextDouble() * scenario.links().jitterMs() * 1e6);
    long latencyNs = latencies.betweenNs(from.number, to.number) + jitterNs;
    queue.add(new Arrival(from, to, frame), nowNs + latencyNs);
  }

  private void passS(double seconds) {
    long untilNs = nowNs + (long) (seconds * NS_PER_S);
    for (Event event = queue.poll(untilNs); event != null; event = queue.poll(untilNs)) {
      nowNs = event.timeNs;
      events++;
      event.happen();
    }
    nowNs = untilNs;
  }

  private void settle() {
    for (double passedS = 0; passedS < scenario.settleS(); passedS++) {
      passS(1);
      progress.accept(passedS / (scenario.settleS() + scenario.measureS()));
      if (settledS < 0 && nowNs > BEGIN_NS && haveAllTheSame()) {
        settledS = nowNs / NS_PER_S;
      }
    }
  }

  private boolean haveAllTheSame() {
    long summary = peers.get(0).summary();
    return peers.stream().filter(peer -> peer.alive).allMatch(peer -> peer.summary() == summary);
  }

  private void measure() {
    tally.measures = true;
    tally.follows = true;
    double everyS = 1 / scenario.changesPerS();
    int changes = (int) (scenario.measureS() * scenario.changesPerS());
    for (int i = 0; i < changes; i++) {
      PresencePeer peer = drawGossiping();
      if (i % 2 == 0) {
        peer.changedNs = nowNs;
        peer.setData(data(peer, "changed " + i));
      } else {
        loseLink(peer);
      }
      passS(everyS);
      progress.accept(
          (scenario.settleS() + i * everyS) / (scenario.settleS() + scenario.measureS()));
    }
    tally.measures = false;
    passS(LAST_S);
    tally.follows = false;
  }

  private PresencePeer drawGossiping() {
    int first = scenario.observers();
    return peers.get(first + random.nextInt(scenario.peers() - first));
  }

  /** Both ends of a link believe that the other one has given it up. */
  private void loseLink(PresencePeer peer) {
    List<PeerId> neighbours = peer.neighbours();
    if (!neighbours.isEmpty()) {
      PresencePeer other = byId.get(neighbours.get(random.nextInt(neighbours.size())));
      if (other != null) {
        PresenceFrame gone = new PresenceFrame.Disconnect(DisconnectReason.REPLACED);
        peer.onFrame(other.id, gone, nowNs);
        other.onFrame(peer.id, gone, nowNs);
      }
    }
  }

  /** Some crash, some leave, and as many come. Observers stay. */
  private void replace() {
    List<PresencePeer> gone = new ArrayList<>();
    while (gone.size() < scenario.replaced()) {
      PresencePeer peer = drawGossiping();
      if (peer.alive) {
        gone.add(peer);
        if (gone.size() % 2 == 0) {
          peer.close();
        }
        peer.alive = false;
      }
    }
    for (int i = 0; i < gone.size(); i++) {
      PresencePeer comes = create();
      for (PresencePeer peer : peers) {
        if (peer.alive) {
          comes.onMember(peer.id, nowNs);
          peer.onMember(comes.id, nowNs);
        }
      }
      begin(comes, 0);
    }
    passS(CRASH_NOTICED_NS / NS_PER_S);
    for (PresencePeer peer : peers) {
      if (peer.alive) {
        gone.forEach(left -> peer.onMemberLeft(left.id, nowNs));
      }
    }
  }

  /** What must be whenever nothing has happened for a while. */
  private void check(String when) {
    Set<PeerId> alive = new HashSet<>();
    peers.stream().filter(peer -> peer.alive).forEach(peer -> alive.add(peer.id));
    for (PresencePeer peer : peers) {
      if (peer instanceof PresencePeer.Observing observer) {
        if (!observer.online().equals(alive)) {
          Set<PeerId> missing = new HashSet<>(alive);
          missing.removeAll(observer.online());
          violations.add(
              "online, "
                  + when
                  + ": "
                  + observer.online().size()
                  + " at peer "
                  + peer.number
                  + ", "
                  + missing.size()
                  + " missing (expected: all "
                  + alive.size()
                  + ")");
        }
      }
    }
    if (!haveAllTheSame()) {
      violations.add("records, " + when + ": not the same (expected: the same everywhere)");
    }
  }

  private PresenceReport report(Performance performance) {
    Histogram links = new Histogram(HISTOGRAM_DIGITS);
    Histogram sentBytes = new Histogram(HISTOGRAM_DIGITS);
    for (PresencePeer peer : peers) {
      if (peer.alive) {
        links.recordValue(peer.neighbours().size());
        sentBytes.recordValue(peer.sentBytes);
      }
    }
    int others = scenario.peers() - scenario.observers() - 1;
    return new PresenceReport(
        scenario,
        settledS,
        tally.changes(),
        tally.reachedS(),
        tally.reachedAllS(),
        tally.unreached(others),
        Distribution.of(sentBytes, Math.max(1, scenario.measureS())),
        tally.sentBytes(),
        Distribution.of(links, 1),
        tally.visited(),
        violations,
        performance);
  }
}
