package org.peerrelay.bench;

import java.io.IOException;
import org.peerrelay.lab.load.LoadFailedException;

/** What is tried with one server or another: where something fails the others go on. One thread. */
final class Attempts {
  /** Something that may fail. */
  @FunctionalInterface
  interface Step {
    void run() throws IOException, InterruptedException, LoadFailedException;
  }

  private boolean complete = true;

  /** Tells whether it went well with {@code contender}; if not, this has said why. */
  boolean succeeds(Contender contender, Step step) throws InterruptedException {
    try {
      step.run();
      return true;
    } catch (IOException | LoadFailedException e) {
      Compare.say(contender.name() + ": " + e.getMessage());
      complete = false;
      return false;
    }
  }

  /** Whether nothing has failed. */
  boolean isComplete() {
    return complete;
  }
}
