package org.peerrelay.daemon.admin;

import com.sun.management.OperatingSystemMXBean;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.netty4.NettyAllocatorMetrics;
import io.micrometer.core.instrument.binder.netty4.NettyEventExecutorMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import io.netty.util.concurrent.EventExecutor;
import java.lang.management.ManagementFactory;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.peerrelay.Peer;
import org.peerrelay.daemon.http.HttpCounters;
import org.peerrelay.transport.NodeStatus;

/**
 * All meters of the process, in Prometheus' text format. docs/operating.md has each of them. One
 * thread, after it is made.
 */
final class Metrics implements AutoCloseable {
  /** Of what {@link #text} gives. */
  static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private static final double SECOND_NS = TimeUnit.SECONDS.toNanos(1);

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Timer lag;
  private final JvmGcMetrics collections = new JvmGcMetrics();
  private final HttpSide http;
  private final HttpCounters own;
  private final Set<String> refusals = new HashSet<>();
  private @Nullable RelayMeters relay;

  /**
   * Meters of all but the relay, which there is not yet.
   *
   * @param loops the event loops that are watched
   * @param own what the admin listener itself counts
   */
  Metrics(Iterable<EventExecutor> loops, HttpSide http, HttpCounters own) {
    this.http = http;
    this.own = own;
    registry.config().meterFilter(new MeterHelp());
    lag = Timer.builder("relay.loop.lag").register(registry);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    collections.bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system) {
      FunctionCounter.builder("process.cpu", system, bean -> bean.getProcessCpuTime() / SECOND_NS)
          .baseUnit("seconds")
          .register(registry);
    }
    new UptimeMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
    new NettyEventExecutorMetrics(loops).bindTo(registry);
    if (ByteBufAllocator.DEFAULT instanceof ByteBufAllocatorMetricProvider allocator) {
      new NettyAllocatorMetrics(allocator).bindTo(registry);
    }
    http("public", http.counters());
    http("admin", own);
    Gauge.builder("relay.channels", http, side -> side.channels().getAsInt()).register(registry);
    Gauge.builder("relay.sessions", http, side -> side.sessions().getAsInt()).register(registry);
  }

  private void http(String listener, HttpCounters counters) {
    FunctionCounter.builder("relay.http.requests", counters, HttpCounters::requests)
        .tag("listener", listener)
        .register(registry);
    Gauge.builder("relay.http.streams", counters, HttpCounters::streams)
        .tag("listener", listener)
        .register(registry);
  }

  /** Notes how long an event loop kept something waiting. Any thread. */
  void lag(long lagNs) {
    lag.record(lagNs, TimeUnit.NANOSECONDS);
  }

  /** How things are now. */
  String text(@Nullable Peer peer) {
    if (peer != null) {
      refresh(peer.status());
    }
    refusals("public", http.counters());
    refusals("admin", own);
    return registry.scrape();
  }

  private void refresh(NodeStatus now) {
    if (relay == null) {
      relay = new RelayMeters(registry, now);
    } else {
      relay.refresh(now);
    }
  }

  /** Reasons are constants of the code, but known only when they occur. */
  private void refusals(String listener, HttpCounters counters) {
    for (String reason : counters.refused().keySet()) {
      if (refusals.add(listener + " " + reason)) {
        FunctionCounter.builder(
                "relay.http.refused",
                counters,
                current -> current.refused().getOrDefault(reason, 0L))
            .tags(Tags.of("listener", listener, "reason", reason))
            .register(registry);
      }
    }
  }

  @Override
  public void close() {
    collections.close();
    registry.close();
  }
}
