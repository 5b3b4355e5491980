package org.peerrelay.daemon;

import java.util.concurrent.Callable;
import org.peerrelay.id.PeerId;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Prints the id of an identity file, whether it is in use or not. */
@Command(
    name = "id",
    description = "Prints the id that an identity file gives; makes the file if it is missing.")
final class IdCommand implements Callable<Integer> {
  private final Console console;
  @Mixin private final IdentityOption identity;
  @Mixin private final OutputOptions output = new OutputOptions();

  IdCommand(Console console) {
    this.console = console;
    this.identity = new IdentityOption(IdentityPlace.userState(console.environment()));
  }

  @Override
  public Integer call() throws CommandFailedException {
    PeerId id = identity.read();
    Results results = output.begin(console, () -> {});
    results.id(id);
    return results.finish().code();
  }
}
