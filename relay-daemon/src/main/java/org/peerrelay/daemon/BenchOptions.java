package org.peerrelay.daemon;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.peerrelay.lab.load.LoadRun;
import org.peerrelay.lab.load.Pace;
import org.peerrelay.wire.legacy.LegacyLimits;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options that say what load to put on a relay. */
final class BenchOptions {
  /** A relay takes no more connections than this. */
  private static final int MAX_CLIENTS = 100_000;

  /** With the longest run, fewer messages than there are sequence numbers. */
  private static final int MAX_RATE = 500_000;

  private static final int MAX_SECONDS = 3_600;
  private static final int DEFAULT_RATE = 1_000;

  /** So long that compilers have done the most of their work, here and in the relay. */
  private static final Duration WARM_UP = Duration.ofSeconds(1);

  /** Enough to keep a relay busy; more would only wait in its queues. */
  private static final int MAX_IN_FLIGHT = 1_000;

  /** What may be on its way to each client: a tenth of what our relay keeps for a slow reader. */
  private static final int IN_FLIGHT_BYTES = 65_536;

  private static final String RATE = "--rate";
  private static final String FLAT_OUT = "--flat-out";

  @Option(
      names = "--clients",
      paramLabel = "N",
      converter = Clients.class,
      description = "How many clients to connect. Default: ${DEFAULT-VALUE}")
  private int clients = 100;

  @Option(
      names = "--payload",
      paramLabel = "BYTES",
      converter = PayloadBytes.class,
      description = "Length of each message. Default: ${DEFAULT-VALUE}")
  private int payloadBytes = 100;

  @Option(
      names = RATE,
      paramLabel = "MSG/S",
      converter = Rate.class,
      description = "Messages a second, of all clients together. Default: " + DEFAULT_RATE)
  private @Nullable Integer rate;

  @Option(
      names = FLAT_OUT,
      converter = OutputOptions.FlagConverter.class,
      fallbackValue = "true",
      description = "As fast as the relay delivers, instead of at a rate.")
  private boolean flatOut;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      converter = Seconds.class,
      description = "How long to measure, after one second more. Default: ${DEFAULT-VALUE}")
  private int seconds = 10;

  @Option(
      names = "--protocol",
      paramLabel = "2|legacy",
      converter = BenchProtocol.Converter.class,
      description = "What the clients speak. Default: ${DEFAULT-VALUE}")
  private BenchProtocol protocol = BenchProtocol.BINARY;

  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec command;

  int clients() {
    return clients;
  }

  BenchProtocol protocol() {
    return protocol;
  }

  /** The load that was asked for. */
  LoadRun run() throws CommandFailedException {
    return new LoadRun(payloadBytes, pace(), WARM_UP, Duration.ofSeconds(seconds));
  }

  /** Of two choices, one in the environment gives way to one on the command line. */
  private Pace pace() throws CommandFailedException {
    boolean flat = flatOut && (given(FLAT_OUT) || !given(RATE));
    Integer perSecond = flat && given(FLAT_OUT) && !given(RATE) ? null : rate;
    if (flat && perSecond != null) {
      throw new CommandFailedException(
          ExitStatus.USAGE, "pace: two (expected: one of --rate and --flat-out)");
    }
    if (flat) {
      long fitting = (long) IN_FLIGHT_BYTES * clients / payloadBytes;
      return new Pace.Window((int) Math.min(MAX_IN_FLIGHT, fitting));
    }
    return new Pace.Rate(perSecond == null ? DEFAULT_RATE : perSecond);
  }

  private boolean given(String option) {
    return Objects.requireNonNull(command).commandLine().getParseResult().hasMatchedOption(option);
  }

  /** Two, for one to send to the other, or more. */
  static final class Clients extends WholeNumber {
    Clients() {
      super(2, MAX_CLIENTS);
    }
  }

  /** A payload that has room for what it is recognized by, and that relays take. */
  static final class PayloadBytes extends WholeNumber {
    PayloadBytes() {
      super(LoadRun.MIN_PAYLOAD_BYTES, LegacyLimits.DEFAULT.maxPayloadBytes());
    }
  }

  /** Messages a second. */
  static final class Rate extends WholeNumber {
    Rate() {
      super(1, MAX_RATE);
    }
  }

  /** Up to an hour. */
  static final class Seconds extends WholeNumber {
    Seconds() {
      super(1, MAX_SECONDS);
    }
  }
}
