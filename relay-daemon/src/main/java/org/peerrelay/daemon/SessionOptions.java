package org.peerrelay.daemon;

import java.util.concurrent.TimeUnit;
import org.peerrelay.daemon.gateway.GatewayLimits;
import picocli.CommandLine.Option;

/** The options that bound a relay's sessions. */
final class SessionOptions {
  private static final int MAX = 1_000_000;

  @Option(
      names = "--max-sessions",
      paramLabel = "N",
      converter = CountOrNone.class,
      description = {
        "How many peers of scripts that have only HTTP there may be; 0 is none."
            + " Default: ${DEFAULT-VALUE}"
      })
  private int maxSessions = GatewayLimits.DEFAULT.maxSessions();

  @Option(
      names = "--max-sessions-per-address",
      paramLabel = "N",
      converter = ChannelOptions.Count.class,
      description = {
        "How many of them one address may have, those that ended in the last minute included;"
            + " behind a proxy all come from one. Default: ${DEFAULT-VALUE}"
      })
  private int maxSessionsPerAddress = GatewayLimits.DEFAULT.maxSessionsPerAddress();

  @Option(
      names = "--session-rate",
      paramLabel = "N",
      converter = ChannelOptions.Count.class,
      description = "How many messages each may send a second. Default: ${DEFAULT-VALUE}")
  private int messagesPerS = GatewayLimits.DEFAULT.messagesPerS();

  @Option(
      names = "--session-backlog",
      paramLabel = "N",
      converter = ChannelOptions.Count.class,
      description = "How many events are kept for each reader. Default: ${DEFAULT-VALUE}")
  private int maxBacklogEvents = GatewayLimits.DEFAULT.maxBacklogEvents();

  @Option(
      names = "--session-idle",
      paramLabel = "SECONDS",
      converter = ChannelOptions.Count.class,
      description = {
        "How long a session may be without requests and readers before it ends."
            + " Default: ${DEFAULT-VALUE}"
      })
  private int idleS = (int) TimeUnit.NANOSECONDS.toSeconds(GatewayLimits.DEFAULT.idleNs());

  /** What they say. */
  GatewayLimits limits() {
    GatewayLimits byDefault = GatewayLimits.DEFAULT;
    return new GatewayLimits(
        maxSessions,
        maxSessionsPerAddress,
        byDefault.restNs(),
        messagesPerS,
        maxBacklogEvents,
        byDefault.maxBacklogBytes(),
        TimeUnit.SECONDS.toNanos(idleS),
        byDefault.linkNs(),
        byDefault.answerNs(),
        byDefault.keepAliveNs());
  }

  /** A number of things, or none. */
  static final class CountOrNone extends WholeNumber {
    CountOrNone() {
      super(0, MAX);
    }
  }
}
