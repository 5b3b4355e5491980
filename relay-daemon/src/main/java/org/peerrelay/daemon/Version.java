package org.peerrelay.daemon;

import picocli.CommandLine.IVersionProvider;

/** The version that the manifest of the runnable jar names. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {"relay " + ofProgram()};
  }

  static String ofProgram() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "(not packaged)" : version;
  }
}
