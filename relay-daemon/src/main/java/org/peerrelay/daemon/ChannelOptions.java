package org.peerrelay.daemon;

import java.util.concurrent.TimeUnit;
import org.peerrelay.daemon.channels.ChannelLimits;
import picocli.CommandLine.Option;

/** The options that bound a relay's channels. */
final class ChannelOptions {
  private static final int MAX = 1_000_000;

  @Option(
      names = "--max-channels",
      paramLabel = "N",
      converter = Count.class,
      description = "How many channels there may be. Default: ${DEFAULT-VALUE}")
  private int maxChannels = ChannelLimits.DEFAULT.maxChannels();

  @Option(
      names = "--max-channels-per-address",
      paramLabel = "N",
      converter = Count.class,
      description = {
        "How many of them one address may have made; behind a proxy that is not trusted all come"
            + " from one. Default: ${DEFAULT-VALUE}"
      })
  private int maxChannelsPerAddress = ChannelLimits.DEFAULT.maxChannelsPerAddress();

  @Option(
      names = "--max-members",
      paramLabel = "N",
      converter = Count.class,
      description = "How many members a channel may have. Default: ${DEFAULT-VALUE}")
  private int maxMembers = ChannelLimits.DEFAULT.maxMembers();

  @Option(
      names = "--max-signal-bytes",
      paramLabel = "N",
      converter = Bytes.class,
      description = "How large what is posted to a channel may be. Default: ${DEFAULT-VALUE}")
  private int maxSignalBytes = ChannelLimits.DEFAULT.maxBodyBytes();

  @Option(
      names = "--channel-idle",
      paramLabel = "SECONDS",
      converter = Count.class,
      description = {
        "How long a channel may be without joins and signals before it ends."
            + " Default: ${DEFAULT-VALUE}"
      })
  private int idleS = (int) TimeUnit.NANOSECONDS.toSeconds(ChannelLimits.DEFAULT.idleNs());

  /** What they say. A member may always have some of the largest signals waiting. */
  ChannelLimits limits() {
    ChannelLimits byDefault = ChannelLimits.DEFAULT;
    return new ChannelLimits(
        maxChannels,
        maxChannelsPerAddress,
        maxMembers,
        maxSignalBytes,
        Math.max(byDefault.maxPendingBytes(), 8 * maxSignalBytes),
        TimeUnit.SECONDS.toNanos(idleS),
        byDefault.keepAliveNs());
  }

  /** A number of things. */
  static final class Count extends WholeNumber {
    Count() {
      super(1, MAX);
    }
  }

  /** A size. */
  static final class Bytes extends WholeNumber {
    Bytes() {
      super(1, 16 * 1_024 * 1_024);
    }
  }
}
