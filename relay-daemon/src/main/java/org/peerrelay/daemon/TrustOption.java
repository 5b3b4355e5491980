package org.peerrelay.daemon;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.peerrelay.transport.ClientTls;
import org.peerrelay.transport.UnusableCertificateException;
import picocli.CommandLine.Option;

/** The option that says whom else to believe at wss:// URLs. */
final class TrustOption {
  @Option(
      names = "--tls-ca",
      paramLabel = "FILE",
      description = {
        "At wss:// URLs believes the authorities in FILE too, PEM; a relay's own certificate is"
            + " good for that relay."
      })
  private @Nullable Path file;

  /** Whom to believe: those in the file, beside those that Java knows. */
  ClientTls trust() throws CommandFailedException {
    ClientTls given = given();
    return given == null ? ClientTls.ofJava() : given;
  }

  /** The same; null if there is no file, and so only those that Java knows are to be believed. */
  @Nullable ClientTls given() throws CommandFailedException {
    if (file == null) {
      return null;
    }
    try {
      return ClientTls.alsoOf(Files.readString(file));
    } catch (IOException e) {
      throw new CommandFailedException(
          ExitStatus.FAILED,
          "--tls-ca: cannot read %s (%s)".formatted(file, ConfigFile.reason(e)),
          e);
    } catch (UnusableCertificateException e) {
      throw new CommandFailedException(
          ExitStatus.FAILED, "--tls-ca: %s: %s".formatted(file, e.getMessage()), e);
    }
  }
}
