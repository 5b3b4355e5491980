package org.peerrelay.daemon;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import org.peerrelay.transport.ConnectionLimits;
import picocli.CommandLine.Option;

/** The options that bound what comes to a relay. */
final class LimitOptions {
  private static final ConnectionLimits DEFAULT = ConnectionLimits.DEFAULT;

  /** Fewer than that are worth a word, though nobody has asked for more. */
  private static final int MANY_CONNECTIONS = 10_000;

  @Option(
      names = "--max-connections",
      paramLabel = "N",
      converter = ChannelOptions.Count.class,
      description = {
        "How many connections there may be; three quarters of the file descriptors (ulimit -n) at"
            + " most. Default: ${DEFAULT-VALUE}"
      })
  private int maxConnections = DEFAULT.maxConnections();

  @Option(
      names = "--max-connections-per-address",
      paramLabel = "N",
      converter = ChannelOptions.Count.class,
      description = {
        "How many of them one address may have, or one /64 of IPv6; this machine's own do not"
            + " count. Default: ${DEFAULT-VALUE}"
      })
  private int maxConnectionsPerAddress = DEFAULT.maxConnectionsPerAddress();

  @Option(
      names = "--connection-rate",
      paramLabel = "N",
      converter = ChannelOptions.Count.class,
      description = {
        "How many new ones an address may make a second, and at once. Default: ${DEFAULT-VALUE}"
      })
  private int connectionsPerS = DEFAULT.connectionsPerS();

  @Option(
      names = "--link-rate",
      paramLabel = "N",
      converter = Frames.class,
      description = {
        "How many messages a second are taken from one link, of a relay ten times as many; the rest"
            + " waits at its sender. Default: ${DEFAULT-VALUE}"
      })
  private int framesPerS = DEFAULT.framesPerS();

  @Option(
      names = "--link-bytes",
      paramLabel = "N",
      converter = Bytes.class,
      description = "How many bytes a second, likewise. Default: ${DEFAULT-VALUE}")
  private int bytesPerS = DEFAULT.bytesPerS();

  @Option(
      names = "--queue-memory",
      paramLabel = "PERCENT",
      converter = Percent.class,
      description = {
        "How much of the memory for buffers may wait for links that read slowly, before there are"
            + " no new links. Default: ${DEFAULT-VALUE}"
      })
  private int queuePercent = DEFAULT.queuePercent();

  /** What they say, as far as the process has file descriptors for it; tells if it does not. */
  ConnectionLimits limits(Console console) {
    ConnectionLimits wanted =
        new ConnectionLimits(
            maxConnections,
            maxConnectionsPerAddress,
            connectionsPerS,
            framesPerS,
            bytesPerS,
            queuePercent);
    if (!(ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix)) {
      return wanted;
    }
    long descriptors = unix.getMaxFileDescriptorCount();
    int most = mostConnections(descriptors);
    if (maxConnections <= most) {
      return wanted;
    }
    if (maxConnections != DEFAULT.maxConnections() || most < MANY_CONNECTIONS) {
      console.note(
          ("file descriptors: %d (expected: %d for %d connections), so there may be %d connections;"
                  + " raise ulimit -n, or lower --max-connections")
              .formatted(descriptors, (maxConnections * 4L + 2) / 3, maxConnections, most));
    }
    return wanted.withMaxConnections(most);
  }

  /** The last quarter is for the relay's own files, dials and sessions. */
  private static int mostConnections(long descriptors) {
    return (int) Math.max(1, Math.min(Integer.MAX_VALUE, descriptors / 4 * 3));
  }

  /** Messages a second. */
  static final class Frames extends WholeNumber {
    Frames() {
      super(100, 10_000_000);
    }
  }

  /** Bytes a second. */
  static final class Bytes extends WholeNumber {
    Bytes() {
      super(10_000, Integer.MAX_VALUE);
    }
  }

  /** A share. */
  static final class Percent extends WholeNumber {
    Percent() {
      super(1, 100);
    }
  }
}
