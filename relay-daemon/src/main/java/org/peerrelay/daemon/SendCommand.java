package org.peerrelay.daemon;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.peerrelay.Acknowledgement;
import org.peerrelay.Peer;
import org.peerrelay.PeerBuilder;
import org.peerrelay.message.Payload;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Sends one message. */
@Command(
    name = "send",
    customSynopsis = "relay send [OPTIONS] URL... ID [TEXT]",
    description = {
      "Sends one message to the peer ID: TEXT as a JSON string, or what an option says. Done when"
          + " it is written to a link; nobody promises that it arrives, but see --wait."
    })
final class SendCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(
      paramLabel = "URL... ID [TEXT]",
      hideParamSyntax = true,
      arity = "0..*",
      description = {
        Url.RELAYS_ARE,
        "ID: whom to send to, 40 hexadecimal digits.",
        "TEXT: what to send. Put -- before one that begins with a hyphen."
      })
  private List<String> words = List.of();

  @Option(
      names = "--wait",
      converter = OutputOptions.FlagConverter.class,
      fallbackValue = "true",
      description = {"Waits until the peer has acknowledged the message.", "npm peers never do."})
  private boolean wait;

  @Option(
      names = "--tries",
      paramLabel = "N",
      converter = Tries.class,
      description = {
        "With --wait: how often it is sent at most, each time another way, all of them within"
            + " --timeout. The peer gets it once. Default: ${DEFAULT-VALUE}"
      })
  private int tries = 4;

  @Mixin private final TimeoutOption timeout = new TimeoutOption();
  @Mixin private final TrustOption trust = new TrustOption();
  @Mixin private final PayloadOptions payloadOptions = new PayloadOptions();
  @Mixin private final IdentityOption identity = new IdentityOption(IdentityPlace.NONE);
  @Mixin private final KnownRelaysOption knownRelays = new KnownRelaysOption();
  @Mixin private final OutputOptions output = new OutputOptions();

  SendCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws CommandFailedException, IOException, InterruptedException {
    SendWords what = SendWords.parse(words);
    Payload payload = payloadOptions.read(what.text(), console);
    Results results = output.begin(console, () -> {});
    PeerBuilder builder = Peer.builder().identity(identity.openAlone()).trust(trust.trust());
    knownRelays.apply(builder, identity);
    LinkedPeer linked = LinkedPeer.open(builder, what.urls(), timeout);
    if (wait) {
      try (linked) {
        Acknowledgement told = new Delivery(linked, what.to(), payload, timeout, tries).complete();
        results.delivered(what.to(), payload.sizeBytes(), told);
      }
    } else {
      // Closing the peer sends what is queued.
      try (linked) {
        linked.peer().send(what.to(), payload);
      }
      checkNotLost(what, linked.loss());
      results.sent(what.to(), payload.sizeBytes());
    }
    return results.finish().code();
  }

  /** Relays may tell that it went no further, if they do so before the link is closed. */
  private void checkNotLost(SendWords what, @Nullable Loss loss) throws CommandFailedException {
    if (loss == null) {
      return;
    }
    if (loss.status() == ExitStatus.NO_LINK) {
      throw new CommandFailedException(
          ExitStatus.NO_LINK,
          "no link: %s answered, but the link broke at once; try again"
              .formatted(what.printableUrls()));
    }
    console.note("warning: not delivered to " + what.to() + ": " + loss.words());
  }

  /** As many as there are different ways. */
  static final class Tries extends WholeNumber {
    Tries() {
      super(1, Peer.MAX_TRIES);
    }
  }
}
