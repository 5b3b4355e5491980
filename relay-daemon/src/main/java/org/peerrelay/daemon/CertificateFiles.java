package org.peerrelay.daemon;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.peerrelay.transport.ServerCertificate;
import org.peerrelay.transport.ServerTls;
import org.peerrelay.transport.UnusableCertificateException;

/**
 * A relay's certificate and key, which are read again when their files change: by a thread of its
 * own, since a file may be slow. What cannot be used is told, and changes nothing. Any thread.
 */
final class CertificateFiles implements AutoCloseable {
  /** Often enough for who waits for it, and next to nothing for the machine. */
  private static final long CHECK_S = 5;

  /** What shows that a file has changed; null if it is not there. */
  private record Stamp(FileTime modified, long sizeBytes) {
    static @Nullable Stamp of(Path file) {
      try {
        BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
        return new Stamp(now.lastModifiedTime(), now.size());
      } catch (IOException e) {
        return null;
      }
    }
  }

  private record Stamps(@Nullable Stamp certificate, @Nullable Stamp key) {}

  private final Path certificate;
  private final Path key;
  private final Clock clock;
  private final Consumer<String> notes;
  private final ServerTls tls;
  private final ScheduledExecutorService watcher =
      Executors.newSingleThreadScheduledExecutor(CertificateFiles::thread);

  private Stamps read;
  private Stamps seen;

  /**
   * Reads the files.
   *
   * @param notes is told what comes of their changes, a line each
   * @throws CommandFailedException with one clear line if they cannot be used
   */
  CertificateFiles(Path certificate, Path key, Clock clock, Consumer<String> notes)
      throws CommandFailedException {
    this.certificate = certificate;
    this.key = key;
    this.clock = clock;
    this.notes = notes;
    this.read = stamps();
    this.seen = read;
    try {
      this.tls = new ServerTls(load());
    } catch (UnusableCertificateException e) {
      throw unusable(e);
    }
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "certificate-files");
    thread.setDaemon(true);
    return thread;
  }

  /** With the certificate that has been read last. */
  ServerTls tls() {
    return tls;
  }

  /** Looks at the files again and again, until it is closed. */
  CertificateFiles watch() {
    watcher.scheduleWithFixedDelay(this::check, CHECK_S, CHECK_S, TimeUnit.SECONDS);
    return this;
  }

  /**
   * Reads the files if they have changed, and have not done so since the last check: who renews a
   * certificate writes two files, one after the other.
   */
  synchronized void check() {
    Stamps now = stamps();
    boolean settled = now.equals(seen);
    seen = now;
    if (settled && !now.equals(read)) {
      reload();
    }
  }

  /** Reads the files, changed or not. */
  synchronized void reload() {
    read = stamps();
    try {
      tls.exchange(load());
      notes.accept("certificate in " + certificate + " taken up; it holds until " + tls.expires());
    } catch (UnusableCertificateException e) {
      notes.accept("certificate not changed: " + unusable(e).getMessage());
    } catch (CommandFailedException e) {
      notes.accept("certificate not changed: " + e.getMessage());
    }
  }

  private Stamps stamps() {
    return new Stamps(Stamp.of(certificate), Stamp.of(key));
  }

  private ServerCertificate load() throws CommandFailedException, UnusableCertificateException {
    return ServerCertificate.ofPem(
        text("--tls-cert", certificate), text("--tls-key", key), clock.instant());
  }

  private static String text(String option, Path file) throws CommandFailedException {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new CommandFailedException(
          ExitStatus.FAILED,
          "%s: cannot read %s (%s)".formatted(option, file, ConfigFile.reason(e)),
          e);
    }
  }

  private CommandFailedException unusable(UnusableCertificateException e) {
    return new CommandFailedException(
        ExitStatus.FAILED,
        "--tls-cert %s --tls-key %s: %s".formatted(certificate, key, e.getMessage()),
        e);
  }

  @Override
  public void close() {
    watcher.shutdownNow();
  }
}
