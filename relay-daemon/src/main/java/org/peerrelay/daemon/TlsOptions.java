package org.peerrelay.daemon;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.peerrelay.transport.ServerCertificate;
import org.peerrelay.transport.ServerTls;
import org.peerrelay.transport.UnusableCertificateException;
import picocli.CommandLine.Option;

/** The options that have a relay speak TLS, and what they open. */
final class TlsOptions implements AutoCloseable {
  @Option(
      names = "--tls-cert",
      paramLabel = "FILE",
      description = {
        "Speaks TLS, and only that, with the certificate in FILE: PEM, the relay's own first, then"
            + " those that vouch for it. Read again when it changes."
      })
  private @Nullable Path certificate;

  @Option(
      names = "--tls-key",
      paramLabel = "FILE",
      description = "The key of that certificate: PEM, RSA or EC, not encrypted.")
  private @Nullable Path key;

  @Option(
      names = "--tls-self-signed",
      converter = OutputOptions.FlagConverter.class,
      fallbackValue = "true",
      description = {
        "Speaks TLS with a certificate of its own, to try it out: clients have to be told to"
            + " believe it. Another one at each start."
      })
  private boolean selfSigned;

  private volatile @Nullable CertificateFiles files;

  /**
   * Reads the certificate, and watches its files, if the relay is to speak TLS.
   *
   * @param advertise the URL that others are told; null if there is none
   */
  @Nullable ServerTls open(Console console, @Nullable String advertise)
      throws CommandFailedException {
    check(advertise);
    if (selfSigned) {
      return selfSigned(console, advertise);
    }
    if (certificate == null || key == null) {
      return null;
    }
    CertificateFiles opened =
        new CertificateFiles(certificate, key, Clock.systemUTC(), console::note);
    files = opened.watch();
    return opened.tls();
  }

  private void check(@Nullable String advertise) throws CommandFailedException {
    boolean both = certificate != null && key != null;
    if (!both && (certificate != null || key != null)) {
      String there = certificate != null ? "--tls-cert" : "--tls-key";
      throw wrong(there + ": alone (expected: both --tls-cert and --tls-key, or neither)");
    }
    if (both && selfSigned) {
      throw wrong("--tls-self-signed: with --tls-cert (expected: one of them)");
    }
    if ((both || selfSigned) && advertise != null && !isSecure(advertise)) {
      throw wrong(
          "--advertise: '"
              + advertise
              + "' (expected: wss://HOST:PORT, since the port speaks TLS)");
    }
  }

  private static CommandFailedException wrong(String what) {
    return new CommandFailedException(ExitStatus.USAGE, what);
  }

  private static boolean isSecure(String url) {
    return url.startsWith("wss:");
  }

  private static ServerTls selfSigned(Console console, @Nullable String advertise)
      throws CommandFailedException {
    try {
      ServerCertificate made =
          ServerCertificate.selfSigned(hosts(advertise), Instant.now(), new SecureRandom());
      ServerTls tls = new ServerTls(made);
      Path file = Files.createTempFile("peer-relay-", ".pem");
      file.toFile().deleteOnExit();
      Files.writeString(file, made.toPem());
      console.note(
          "self-signed certificate, SHA-256 " + made.fingerprint() + ", until " + made.expires());
      console.note("clients believe it with --tls-ca " + file);
      return tls;
    } catch (IOException | UnusableCertificateException e) {
      throw new CommandFailedException(
          ExitStatus.FAILED,
          "--tls-self-signed: "
              + e.getMessage()
              + " (expected: a JDK with P-256, and room for temporary files)",
          e);
    }
  }

  /** All by which this machine is dialed from itself and from its own networks. */
  private static Set<String> hosts(@Nullable String advertise) throws SocketException {
    Set<String> hosts = new LinkedHashSet<>();
    hosts.add("localhost");
    if (advertise != null) {
      String host = URI.create(advertise).getHost();
      hosts.add(host.startsWith("[") ? host.substring(1, host.length() - 1) : host);
    }
    NetworkInterface.networkInterfaces()
        .flatMap(NetworkInterface::inetAddresses)
        .filter(address -> !address.isLinkLocalAddress())
        .map(InetAddress::getHostAddress)
        .map(text -> text.replaceFirst("%.*", ""))
        .forEach(hosts::add);
    return hosts;
  }

  /** Whether the certificate stands in files. */
  boolean hasFiles() {
    return certificate != null;
  }

  /** Reads the files again, if there are any, and tells what has come of it. Any thread. */
  void reload() {
    CertificateFiles opened = files;
    if (opened != null) {
      opened.reload();
    }
  }

  /** Watches the files no longer. */
  @Override
  public void close() {
    CertificateFiles opened = files;
    if (opened != null) {
      opened.close();
    }
  }
}
