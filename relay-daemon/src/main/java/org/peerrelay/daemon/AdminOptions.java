package org.peerrelay.daemon;

import java.io.IOException;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.peerrelay.daemon.admin.Admin;
import org.peerrelay.daemon.admin.HttpSide;
import picocli.CommandLine.Option;

/** The options that say where a relay tells the person who runs it how it does. */
final class AdminOptions {
  /**
   * Where {@code relay status} looks by itself. There is no listener without the option: two relays
   * on one machine would fight for one port, and every user of the machine can ask there.
   */
  static final int USUAL_PORT = 9_464;

  @Option(
      names = "--admin-port",
      paramLabel = "PORT",
      converter = ServeCommand.PortConverter.class,
      description = {
        "TCP port for metrics, health and relay status, which looks at "
            + USUAL_PORT
            + "; 0 takes a free one. Default: none of this"
      })
  private @Nullable Integer port;

  @Option(
      names = "--admin-host",
      paramLabel = "ADDR",
      description = {
        "Address for them. Whoever can connect to it sees all links." + " Default: ${DEFAULT-VALUE}"
      })
  private String host = "127.0.0.1";

  /** Begins to listen, if that is asked for, and tells where; null if it is not. */
  @Nullable Admin listen(Console console, HttpSide http) throws CommandFailedException {
    if (port == null) {
      return null;
    }
    InetSocketAddress address = new InetSocketAddress(host, port);
    if (address.isUnresolved() || host.isBlank()) {
      throw new CommandFailedException(
          ExitStatus.FAILED,
          "--admin-host: '" + host + "' (expected: a name or an address of this machine)");
    }
    try {
      Admin admin = Admin.listen(address, http, Version.ofProgram());
      console.note("admin listener on " + admin.url());
      return admin;
    } catch (IOException e) {
      throw new CommandFailedException(
          ExitStatus.FAILED,
          "cannot listen on %s port %d: %s (expected: a free port of this machine);"
                  .formatted(host, port, ServeCommand.reason(e))
              + " choose another with --admin-port or --admin-host",
          e);
    }
  }
}
