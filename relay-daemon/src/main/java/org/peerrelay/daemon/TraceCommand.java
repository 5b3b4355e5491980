package org.peerrelay.daemon;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.peerrelay.Peer;
import org.peerrelay.TraceHop;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows the way to a peer. */
@Command(
    name = "trace",
    customSynopsis = "relay trace [OPTIONS] URL... ID",
    description = {
      "Shows the way to the peer ID.",
      "For each relay on it: what it did, the time until its report was here, and whom it passed the"
          + " trace on to. A * stands for a report that did not come; npm"
          + " peers and relays send none."
    })
final class TraceCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(
      paramLabel = "URL... ID",
      hideParamSyntax = true,
      arity = "0..*",
      description = {Url.RELAYS_ARE, "ID: whose way to show, 40 hexadecimal digits."})
  private List<String> words = List.of();

  @Mixin private final TimeoutOption timeout = new TimeoutOption();
  @Mixin private final TrustOption trust = new TrustOption();
  @Mixin private final OutputOptions output = new OutputOptions();

  TraceCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws CommandFailedException, IOException, InterruptedException {
    SendWords what = SendWords.parseWithoutText(words);
    Results results = output.begin(console, () -> {});
    try (LinkedPeer linked =
        LinkedPeer.open(Peer.builder().trust(trust.trust()), what.urls(), timeout)) {
      linked.awaitWayBack(what.to());
      List<TraceHop> hops = linked.peer().trace(what.to(), timeout.duration()).join();
      if (hops.isEmpty() && !linked.isLinked()) {
        throw new CommandFailedException(
            ExitStatus.NO_LINK, "no link: the link with the relay broke; try again");
      }
      TraceEnd end = TraceEnd.of(what.to(), hops, timeout);
      int next = 1;
      for (TraceHop hop : hops) {
        for (; next < hop.hop(); next++) {
          results.missingHop(next);
        }
        results.hop(hop);
        next = hop.hop() + 1;
      }
      if (end.status() == ExitStatus.NO_ANSWER) {
        results.missingHop(next);
      }
      results.trace(end);
      ExitStatus written = results.finish();
      return (end.status() == ExitStatus.OK ? written : end.status()).code();
    }
  }
}
