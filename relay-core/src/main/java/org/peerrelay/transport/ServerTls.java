package org.peerrelay.transport;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import java.time.Instant;
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
    return TlsSuite.bounded(shown.context.newHandler(allocator));
  }
}
