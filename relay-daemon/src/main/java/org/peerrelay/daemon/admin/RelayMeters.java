package org.peerrelay.daemon.admin;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import org.peerrelay.message.CloseReason;
import org.peerrelay.message.DropReason;
import org.peerrelay.relay.Counters;
import org.peerrelay.relay.Refusal;
import org.peerrelay.transport.LinkStatus;
import org.peerrelay.transport.NodeStatus;

/**
 * The meters of one relay. All of them read one {@link NodeStatus}, which is taken anew for each
 * answer. Labels have the values of enums and of two-way choices only, so that no stranger can add
 * a series. One thread.
 */
final class RelayMeters {
  private final MeterRegistry registry;
  private NodeStatus now;

  RelayMeters(MeterRegistry registry, NodeStatus first) {
    this.registry = registry;
    this.now = first;
    links();
    datagrams();
    closed();
    gauge("relay.table.relays", node -> StatusTree.count(node.links(), LinkStatus::inTable));
    gauge("relay.table.spares", node -> StatusTree.count(node.links(), RelayMeters::isSpare));
    gauge("relay.pointers.held", NodeStatus::pointersHeld);
    gauge("relay.swarms", NodeStatus::swarms);
    gauge("relay.swarm.members", NodeStatus::swarmMembers);
    certificate();
  }

  /** There is none where no TLS is spoken, and then there is no meter. */
  private void certificate() {
    if (now.certificateExpires() != null) {
      TimeGauge.builder(
              "relay.tls.certificate.expires", this, TimeUnit.MILLISECONDS, RelayMeters::expiresMs)
          .register(registry);
    }
  }

  private static double expiresMs(RelayMeters meters) {
    Instant expires = meters.now.certificateExpires();
    return expires == null ? Double.NaN : expires.toEpochMilli();
  }

  /** From now on the meters tell of {@code later}. */
  void refresh(NodeStatus later) {
    now = later;
  }

  private void links() {
    for (String protocol : List.of("2", "legacy")) {
      for (String kind : List.of("relay", "leaf")) {
        for (String direction : List.of("in", "out")) {
          Predicate<LinkStatus> which =
              link ->
                  LinkTree.protocol(link).equals(protocol)
                      && link.relay() == kind.equals("relay")
                      && LinkTree.direction(link).equals(direction);
          ToDoubleFunction<RelayMeters> count =
              meters -> StatusTree.count(meters.now.links(), which);
          Gauge.builder("relay.links", this, count)
              .tags("protocol", protocol, "kind", kind, "direction", direction)
              .register(registry);
        }
      }
    }
    gauge("relay.links.throttled", node -> StatusTree.count(node.links(), LinkStatus::isThrottled));
    bytes("relay.queue", node -> node.links().stream().mapToLong(LinkStatus::queueBytes).sum());
    bytes(
        "relay.queue.largest",
        node -> node.links().stream().mapToLong(LinkStatus::queueBytes).max().orElse(0));
  }

  private static boolean isSpare(LinkStatus link) {
    return link.inside() && !link.inTable();
  }

  private void datagrams() {
    counter("relay.datagrams.received", Tags.empty(), Counters.Snapshot::received);
    counter("relay.datagrams.originated", Tags.empty(), Counters.Snapshot::originated);
    counter("relay.datagrams.forwarded", Tags.empty(), Counters.Snapshot::forwarded);
    counter("relay.datagrams.delivered", Tags.empty(), Counters.Snapshot::delivered);
    for (DropReason reason : DropReason.values()) {
      Tags tags = Tags.of("reason", LinkTree.name(reason));
      counter("relay.datagrams.dropped", tags, counters -> counters.dropped().get(reason));
    }
    FunctionCounter.builder("relay.received", this, meters -> meters.now.traffic().receivedBytes())
        .baseUnit("bytes")
        .register(registry);
    FunctionCounter.builder("relay.sent", this, meters -> meters.now.traffic().sentBytes())
        .baseUnit("bytes")
        .register(registry);
  }

  private void closed() {
    String handshakes = "relay.handshakes";
    counter(handshakes, Tags.of("result", "linked"), Counters.Snapshot::linked);
    counter(handshakes, Tags.of("result", "hung-up"), Counters.Snapshot::abandoned);
    for (CloseReason reason : CloseReason.values()) {
      String name = LinkTree.name(reason);
      counter(handshakes, Tags.of("result", name), counters -> counters.unlinked().get(reason));
      Tags tags = Tags.of("reason", name);
      counter("relay.connections.closed", tags, counters -> counters.closed().get(reason));
    }
    for (Refusal refusal : Refusal.values()) {
      Tags tags = Tags.of("reason", LinkTree.name(refusal));
      counter("relay.refused", tags, counters -> counters.refused().get(refusal));
    }
  }

  private void gauge(String name, ToDoubleFunction<NodeStatus> value) {
    Gauge.builder(name, this, meters -> value.applyAsDouble(meters.now)).register(registry);
  }

  private void bytes(String name, ToDoubleFunction<NodeStatus> value) {
    Gauge.builder(name, this, meters -> value.applyAsDouble(meters.now))
        .baseUnit("bytes")
        .register(registry);
  }

  private void counter(String name, Tags tags, Function<Counters.Snapshot, Long> count) {
    FunctionCounter.builder(name, this, meters -> count.apply(meters.now.counters()))
        .tags(tags)
        .register(registry);
  }
}
