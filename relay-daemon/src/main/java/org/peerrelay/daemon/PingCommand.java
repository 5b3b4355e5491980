package org.peerrelay.daemon;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.peerrelay.Peer;
import org.peerrelay.id.PeerId;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Asks a peer for signs of life, and tells how long each took. */
@Command(
    name = "ping",
    customSynopsis = "relay ping [OPTIONS] URL... ID",
    description = {
      "Asks the peer ID for an answer, several times, and tells how long each took.",
      "npm peers do not answer. SIGINT ends it early, with a summary."
    })
final class PingCommand implements Callable<Integer> {
  private static final int MAX_COUNT = 1_000_000;
  private static final int MAX_INTERVAL_MS = 3_600_000;

  private final Console console;

  @Parameters(
      paramLabel = "URL... ID",
      hideParamSyntax = true,
      arity = "0..*",
      description = {Url.RELAYS_ARE, "ID: whom to ask, 40 hexadecimal digits."})
  private List<String> words = List.of();

  @Option(
      names = "--count",
      paramLabel = "N",
      converter = Count.class,
      description = "How many times to ask. Default: ${DEFAULT-VALUE}")
  private int count = 4;

  @Option(
      names = "--interval",
      paramLabel = "MS",
      converter = IntervalMs.class,
      description = "Milliseconds from one ping to the next. Default: ${DEFAULT-VALUE}")
  private int intervalMs = 1_000;

  @Mixin private final TimeoutOption timeout = new TimeoutOption();
  @Mixin private final TrustOption trust = new TrustOption();
  @Mixin private final OutputOptions output = new OutputOptions();

  PingCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws CommandFailedException, IOException, InterruptedException {
    SendWords what = SendWords.parseWithoutText(words);
    AtomicBoolean unread = new AtomicBoolean();
    Results results = output.begin(console, () -> unread.set(true));
    LinkedPeer linked = LinkedPeer.open(Peer.builder().trust(trust.trust()), what.urls(), timeout);
    try (StopSignal stop = new StopSignal();
        linked) {
      linked.awaitWayBack(what.to());
      PingTally tally = new PingTally(count, stop::request);
      for (int seq = 1; seq <= count; seq++) {
        ping(seq, linked, what.to(), tally, results);
        if (unread.get() || (seq < count && stop.await(intervalMs))) {
          stop.request();
          break;
        }
      }
      stop.await();
      PingSummary summary = tally.summary(what.to());
      results.ping(summary);
      ExitStatus written = results.finish();
      ExitStatus status = summary.status();
      if (status == ExitStatus.NO_ANSWER) {
        console.note(
            "no answer: " + what.to() + " (expected: a peer there; npm peers never answer)");
      }
      return (status == ExitStatus.OK ? written : status).code();
    }
  }

  private void ping(int seq, LinkedPeer linked, PeerId to, PingTally tally, Results results) {
    tally.onSent();
    linked
        .peer()
        .ping(to, timeout.duration())
        .whenComplete(
            (roundTrip, failure) -> {
              if (failure == null) {
                results.pong(seq, roundTrip);
                tally.onPong(roundTrip);
              } else {
                Loss loss = Loss.of(failure, linked.isLinked(), timeout);
                results.lost(seq, loss);
                tally.onLost(loss);
              }
            });
  }

  /** How many pings. */
  static final class Count extends WholeNumber {
    Count() {
      super(1, MAX_COUNT);
    }
  }

  /** Up to an hour. */
  static final class IntervalMs extends WholeNumber {
    IntervalMs() {
      super(1, MAX_INTERVAL_MS);
    }
  }
}
