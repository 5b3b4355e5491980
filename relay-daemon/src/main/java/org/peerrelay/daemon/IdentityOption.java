package org.peerrelay.daemon;

import java.nio.file.Path;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;
import org.peerrelay.id.Identity;
import org.peerrelay.id.IdentityFile;
import org.peerrelay.id.IdentityFileException;
import org.peerrelay.id.PeerId;
import picocli.CommandLine.Option;

/** The option that says under which id a command takes part. */
final class IdentityOption {
  @Option(
      names = "--identity",
      paramLabel = "FILE",
      converter = IdentityPlace.Converter.class,
      description = {
        "Keeps the key to the id; made if missing.",
        "none: a fresh id that is forgotten.",
        "Default: ${DEFAULT-VALUE}"
      })
  private IdentityPlace place;

  private @Nullable Path opened;

  /** The option with a command's default. */
  IdentityOption(IdentityPlace place) {
    this.place = place;
  }

  /** The identity, its file locked until the process ends; a fresh one if it is locked already. */
  Identity openOrFresh(Console console) throws CommandFailedException {
    try {
      return open();
    } catch (IdentityFileException e) {
      if (e.problem() != IdentityFileException.Problem.LOCKED) {
        throw unusable(e);
      }
      console.note("identity file: " + place + " is in use by another node; taking a fresh id");
      return Identity.generate(new SecureRandom());
    }
  }

  /** The identity, its file locked until the process ends. */
  Identity openAlone() throws CommandFailedException {
    try {
      return open();
    } catch (IdentityFileException e) {
      throw unusable(e);
    }
  }

  /** The id in the file, which may be in use. */
  PeerId read() throws CommandFailedException {
    Path file = place.file();
    if (file == null) {
      throw new CommandFailedException(
          ExitStatus.USAGE, "--identity: none (expected: a file, since a fresh id is of no use)");
    }
    try {
      return IdentityFile.readOrCreate(file, new SecureRandom()).id();
    } catch (IdentityFileException e) {
      throw unusable(e);
    }
  }

  private Identity open() throws IdentityFileException {
    Path file = place.file();
    Identity identity =
        file == null
            ? Identity.generate(new SecureRandom())
            : IdentityFile.open(file, new SecureRandom()).identity();
    opened = file;
    return identity;
  }

  /** The file of the identity that was opened; null if that is a fresh one. */
  @Nullable Path opened() {
    return opened;
  }

  private static CommandFailedException unusable(IdentityFileException e) {
    return new CommandFailedException(ExitStatus.FAILED, e.getMessage(), e);
  }
}
