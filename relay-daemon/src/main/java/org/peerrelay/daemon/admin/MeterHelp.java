package org.peerrelay.daemon.admin;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import java.util.Map;

/**
 * What each meter tells, in the words that {@code # HELP} has for it; and other names for those of
 * libraries that Prometheus would not give.
 */
final class MeterHelp implements MeterFilter {
  private static final Map<String, String> TEXTS =
      Map.ofEntries(
          Map.entry("relay.links", "Links there are"),
          Map.entry("relay.links.throttled", "Links that are not read just now"),
          Map.entry("relay.handshakes", "Links that were begun, by what came of them"),
          Map.entry("relay.connections.closed", "Links and handshakes that this relay closed"),
          Map.entry("relay.datagrams.received", "Frames that came in over links"),
          Map.entry("relay.datagrams.originated", "Datagrams of this relay itself"),
          Map.entry("relay.datagrams.forwarded", "Datagrams that went out over links"),
          Map.entry("relay.datagrams.delivered", "Datagrams that were for this relay"),
          Map.entry("relay.datagrams.dropped", "Datagrams that ended here"),
          Map.entry("relay.received", "Bytes of the frames that came in"),
          Map.entry("relay.sent", "Bytes of the frames that went out"),
          Map.entry("relay.queue", "What waits for links whose peers read slowly"),
          Map.entry("relay.queue.largest", "What waits for the link for which most does"),
          Map.entry("relay.table.relays", "Relays with a place in the routing table"),
          Map.entry("relay.table.spares", "Linked relays without such a place"),
          Map.entry("relay.pointers.held", "Whereabouts of peers that this relay holds"),
          Map.entry("relay.swarms", "Swarms of which this relay knows members"),
          Map.entry("relay.swarm.members", "Members of all those swarms"),
          Map.entry("relay.tls.certificate.expires", "Until when the certificate holds"),
          Map.entry("relay.refused", "What else was refused"),
          Map.entry("relay.http.requests", "HTTP requests, whatever came of them"),
          Map.entry("relay.http.refused", "Requests and connections that were refused or cut off"),
          Map.entry("relay.http.streams", "Event streams that are open"),
          Map.entry("relay.channels", "Signalling channels there are"),
          Map.entry("relay.sessions", "Sessions of scripts there are"),
          Map.entry("relay.loop.lag", "How long something waits for an event loop"),
          Map.entry("process.cpu", "Time of all cores that the process has taken"),
          Map.entry("netty.allocator.memory.used", "Memory that Netty's buffers take"),
          Map.entry("netty.eventexecutor.tasks.pending", "Tasks that wait for an event loop"));

  /** In nanoseconds; {@link Metrics} tells it in seconds. */
  private static final String CPU_TIME = "process.cpu.time";

  /** To Prometheus a count is that of a histogram. */
  private static final Map<String, String> NAMES = Map.of("system.cpu.count", "system.cpus");

  @Override
  public MeterFilterReply accept(Meter.Id id) {
    return id.getName().equals(CPU_TIME) ? MeterFilterReply.DENY : MeterFilterReply.NEUTRAL;
  }

  @Override
  public Meter.Id map(Meter.Id id) {
    String name = id.getName();
    String text = TEXTS.get(name);
    return new Meter.Id(
        NAMES.getOrDefault(name, name),
        Tags.of(id.getTagsAsIterable()),
        id.getBaseUnit(),
        text == null ? id.getDescription() : text,
        id.getType());
  }
}
