package org.peerrelay.lab.simulation;

/** Checks of what a scenario asks for; each refuses with one line that names the value. */
final class Expected {
  private Expected() {}

  /** Refuses a value that is less than {@code least}, or more than {@code most}. */
  static void between(String name, long value, long least, long most) {
    if (value < least || value > most) {
      throw refused(name, String.valueOf(value), least + " to " + most);
    }
  }

  /** Refuses a value that is no number, less than {@code least}, or more than {@code most}. */
  static void between(String name, double value, double least, double most) {
    if (!(value >= least && value <= most)) {
      throw refused(name, String.valueOf(value), least + " to " + most);
    }
  }

  static IllegalArgumentException refused(String name, String value, String expected) {
    return new IllegalArgumentException(name + ": " + value + " (expected: " + expected + ")");
  }
}
