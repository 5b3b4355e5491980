package org.peerrelay.daemon;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.peerrelay.PeerBuilder;
import picocli.CommandLine.Option;

/** The option that says where the relays that were met are kept. */
final class KnownRelaysOption {
  private static final Path NONE = Path.of("none");

  @Option(
      names = "--known-relays",
      paramLabel = "FILE",
      description = {
        "Keeps the relays that were met, which are dialed when no URL answers.",
        "none: forgets them. Default: IDENTITY-FILE.relays, if there is an identity file"
      })
  private @Nullable Path file;

  /** Sets the file, that beside the identity's by default; call it once that is open. */
  void apply(PeerBuilder builder, IdentityOption identity) {
    Path place = file != null ? file : beside(identity.opened());
    if (place != null && !place.equals(NONE)) {
      builder.knownRelays(place);
    }
  }

  private static @Nullable Path beside(@Nullable Path identity) {
    return identity == null ? null : identity.resolveSibling(identity.getFileName() + ".relays");
  }
}
