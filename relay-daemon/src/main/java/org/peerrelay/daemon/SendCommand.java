package org.peerrelay.daemon;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.peerrelay.Peer;
import org.peerrelay.PeerBuilder;
import org.peerrelay.id.Identity;
import org.peerrelay.message.DropReason;
import org.peerrelay.message.Payload;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** Sends one message. */
@Command(
    name = "send",
    customSynopsis = "relay send [OPTIONS] URL... ID [TEXT]",
    description = {
      "Sends one message to the peer ID: TEXT as a JSON string, or what an option says. Done when"
          + " it is written to a link; nobody promises that it arrives."
    })
final class SendCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(
      paramLabel = "URL... ID [TEXT]",
      hideParamSyntax = true,
      arity = "0..*",
      description = {
        "URL: a relay, as ws://HOST:PORT or wss://HOST. One that answers is enough.",
        "ID: whom to send to, 40 hexadecimal digits.",
        "TEXT: what to send. Put -- before one that begins with a hyphen."
      })
  private List<String> words = List.of();

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      converter = SecondsConverter.class,
      description = "How long a relay may take to answer. Default: ${DEFAULT-VALUE}")
  private BigDecimal timeoutS = BigDecimal.valueOf(5);

  @Mixin private final PayloadOptions payloadOptions = new PayloadOptions();
  @Mixin private final IdentityOption identity = new IdentityOption(IdentityPlace.NONE);
  @Mixin private final OutputOptions output = new OutputOptions();

  SendCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws CommandFailedException, IOException, InterruptedException {
    SendWords what = SendWords.parse(words);
    Payload payload = payloadOptions.read(what.text(), console);
    Results results = output.begin(console, () -> {});
    send(what, payload, identity.openAlone());
    results.sent(what.to(), payload.sizeBytes());
    return results.finish().code();
  }

  private void send(SendWords what, Payload payload, Identity own)
      throws CommandFailedException, IOException, InterruptedException {
    CountDownLatch linked = new CountDownLatch(1);
    AtomicReference<@Nullable DropReason> dropped = new AtomicReference<>();
    PeerBuilder builder =
        Peer.builder()
            .identity(own)
            .onPeer(relay -> linked.countDown())
            .onUndeliverable((to, reason) -> dropped.set(reason));
    what.urls().forEach(builder::bootstrap);
    String urls = String.join(", ", what.urls());
    // Closing the peer sends what is queued.
    try (Peer peer = builder.start()) {
      if (!linked.await(timeoutS.movePointRight(9).longValue(), TimeUnit.NANOSECONDS)) {
        throw new CommandFailedException(
            ExitStatus.NO_LINK,
            "no link: %s did not answer within %s s (expected: a running relay); --verbose says why"
                .formatted(urls, timeoutS.toPlainString()));
      }
      peer.send(what.to(), payload);
    }
    if (dropped.get() != null) {
      throw new CommandFailedException(
          ExitStatus.NO_LINK,
          "no link: %s answered, but the link broke at once (%s); try again"
              .formatted(urls, dropped.get()));
    }
  }

  /** A length of time; a fraction is welcome. */
  static final class SecondsConverter implements ITypeConverter<BigDecimal> {
    private static final BigDecimal MIN = new BigDecimal("0.001");
    private static final BigDecimal MAX = new BigDecimal("86400");

    @Override
    public BigDecimal convert(String text) {
      try {
        BigDecimal seconds = new BigDecimal(text);
        if (seconds.compareTo(MIN) >= 0 && seconds.compareTo(MAX) <= 0) {
          return seconds;
        }
      } catch (NumberFormatException e) {
        // Told below.
      }
      throw new TypeConversionException("'" + text + "' (expected: seconds, from 0.001 to 86400)");
    }
  }
}
