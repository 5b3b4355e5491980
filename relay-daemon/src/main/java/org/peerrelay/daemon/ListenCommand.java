package org.peerrelay.daemon;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.peerrelay.Peer;
import org.peerrelay.PeerBuilder;
import org.peerrelay.id.Identity;
import org.peerrelay.id.PeerId;
import org.peerrelay.transport.ClientTls;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Joins as a peer and prints what it is sent, until it is told to end. */
@Command(
    name = "listen",
    description = {
      "Joins a network of relays as a peer; prints its id, then every message to it.",
      "A question mark after the sender's id stands for a legacy peer, whose id nobody has proven."
    })
final class ListenCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(
      paramLabel = "URL",
      arity = "1..*",
      description = "A relay, as ws://HOST:PORT or wss://HOST. One that answers is enough.")
  private List<String> urls = List.of();

  @Option(
      names = "--dial-private",
      converter = OutputOptions.FlagConverter.class,
      fallbackValue = "true",
      description =
          "Dials relays at private and loopback addresses too, if other relays name them.")
  private boolean dialPrivate;

  @Mixin private final TrustOption trust = new TrustOption();
  @Mixin private final IdentityOption identity = new IdentityOption(IdentityPlace.NONE);
  @Mixin private final KnownRelaysOption knownRelays = new KnownRelaysOption();
  @Mixin private final OutputOptions output = new OutputOptions();

  ListenCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws CommandFailedException, IOException, InterruptedException {
    Url.check(urls);
    try (StopSignal stop = new StopSignal()) {
      ClientTls believed = trust.trust();
      Identity own = identity.openAlone();
      Results results = output.begin(console, stop::request);
      LinkNotes notes = new LinkNotes(console, urls);
      Peer peer = start(own, believed, results, notes);
      try {
        notes.watchUntil(stop);
      } finally {
        peer.close();
      }
      return results.finish().code();
    }
  }

  private Peer start(Identity own, ClientTls believed, Results results, LinkNotes notes)
      throws IOException {
    PeerId id = own.id();
    PeerBuilder builder =
        Peer.builder()
            .identity(own)
            .trust(believed)
            .dialPrivate(dialPrivate)
            .onMessage(results::message)
            .onPeer(
                peer -> {
                  if (notes.onUp(peer)) {
                    results.ready(id);
                  }
                })
            .onPeerLost(peer -> notes.onDown());
    urls.forEach(builder::bootstrap);
    knownRelays.apply(builder, identity);
    return builder.start();
  }
}
