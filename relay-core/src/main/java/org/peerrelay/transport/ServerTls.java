package org.peerrelay.transport;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.time.Instant;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

/**
 * How a listener speaks TLS: 1.2 and 1.3, with the certificate that it has at the moment. Any
 * thread.
 */
public final class ServerTls {
  /**
   * How many sessions of TLS 1.2 are kept, for clients that come back without a ticket: each takes
   * some kilobytes, and Java's default is five times this.
   */
  private static final int MAX_SESSIONS = 4_096;

  /**
   * How many connections may wait for their turn in the handshake; more fail. A thread takes some
   * seconds for that many, and those who wait longer give up.
   */
  public static final int MAX_WAITING = 4_096;

  /**
   * What may come before the handshake is over, whose turn may come seconds later: a client's part
   * of it, and the first request of one that does not wait for its end. The same for a server that
   * was dialed.
   */
  public static final int MAX_EARLY_BYTES = 65_536;

  /**
   * Java's own switch, which is read when TLS is first spoken: whoever has connected by TLS 1.2
   * could else have the costliest part of the handshake done again and again.
   */
  private static final String NO_RENEGOTIATION = "jdk.tls.rejectClientInitiatedRenegotiation";

  static {
    if (System.getProperty(NO_RENEGOTIATION) == null) {
      System.setProperty(NO_RENEGOTIATION, "true");
    }
  }

  /** Threads without handshakes end after a while. */
  private static final long IDLE_S = 10;

  /**
   * Who computes handshakes. Each takes a millisecond or more, for which all links of an event loop
   * would wait, and whoever likes can ask for many at once. So they have threads of their own, and
   * half of the cores at most.
   */
  private static final Executor HANDSHAKES = handshakes();

  private record Shown(ServerCertificate certificate, SslContext context) {}

  private volatile Shown shown;

  /**
   * With a first certificate.
   *
   * @throws UnusableCertificateException if this JDK cannot speak TLS with it
   */
  public ServerTls(ServerCertificate certificate) throws UnusableCertificateException {
    this.shown = shown(certificate);
  }

  private static Executor handshakes() {
    int threads = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    ThreadPoolExecutor executor =
        new ThreadPoolExecutor(
            threads,
            threads,
            IDLE_S,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(MAX_WAITING),
            new DefaultThreadFactory("relay-tls", true));
    executor.allowCoreThreadTimeOut(true);
    return executor;
  }

  private static Shown shown(ServerCertificate certificate) throws UnusableCertificateException {
    try {
      SslContextBuilder builder =
          SslContextBuilder.forServer(certificate.key(), certificate.chain())
              .sessionCacheSize(MAX_SESSIONS);
      return new Shown(certificate, TlsSuite.build(builder));
    } catch (SSLException | IllegalArgumentException e) {
      throw new UnusableCertificateException("certificate: " + e.getMessage(), e);
    }
  }

  /**
   * Has connections that come from now on see another certificate; those that are there keep what
   * they have.
   *
   * @throws UnusableCertificateException as the constructor; then nothing changes
   */
  public void exchange(ServerCertificate next) throws UnusableCertificateException {
    shown = shown(next);
  }

  /** Until when the present certificate holds. */
  public Instant expires() {
    return shown.certificate.expires();
  }

  /** The present certificate. */
  ServerCertificate certificate() {
    return shown.certificate;
  }

  /** For one connection. */
  SslHandler newHandler(ByteBufAllocator allocator) {
    return TlsSuite.bounded(shown.context.newHandler(allocator, HANDSHAKES));
  }
}
