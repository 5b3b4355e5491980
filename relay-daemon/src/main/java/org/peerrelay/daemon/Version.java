package org.peerrelay.daemon;

import picocli.CommandLine.IVersionProvider;

/** The version that the manifest of the runnable jar names. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    String version = Version.class.getPackage().getImplementationVersion();
    return new String[] {"relay " + (version == null ? "(not packaged)" : version)};
  }
}
