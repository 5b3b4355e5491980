package org.peerrelay.transport;

import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Whose word a node takes for it that it has reached whom it has dialed by TLS. Any thread. */
public final class ClientTls {
  private static final ClientTls OF_JAVA = new ClientTls(() -> vouchedFor(List.of()));

  private final Callable<SslContext> maker;
  private @Nullable CompletableFuture<SslContext> context;

  private ClientTls(Callable<SslContext> maker) {
    this.maker = maker;
  }

  /** That of the authorities that Java knows. */
  public static ClientTls ofJava() {
    return OF_JAVA;
  }

  /**
   * That of these authorities too, beside those that Java knows.
   *
   * @param pem their certificates; that of a server is good for that server
   * @throws UnusableCertificateException with one clear line if it has none, or a damaged one
   */
  public static ClientTls alsoOf(String pem) throws UnusableCertificateException {
    List<X509Certificate> certificates = CertificatePem.certificates(pem);
    return new ClientTls(() -> vouchedFor(certificates));
  }

  /** Nobody's: it can only be {@code own}, a listener of this process, under whatever name. */
  public static ClientTls only(ServerTls own) {
    return new ClientTls(
        () ->
            TlsSuite.build(
                SslContextBuilder.forClient()
                    .trustManager(new OwnListener(own))
                    .endpointIdentificationAlgorithm("")));
  }

  private static SslContext vouchedFor(List<X509Certificate> more) throws Exception {
    SslContextBuilder builder = SslContextBuilder.forClient();
    if (!more.isEmpty()) {
      List<X509Certificate> all = new ArrayList<>(more);
      all.addAll(authoritiesOfJava());
      builder.trustManager(all);
    }
    return TlsSuite.build(builder);
  }

  private static List<X509Certificate> authoritiesOfJava() throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init((KeyStore) null);
    List<X509Certificate> authorities = new ArrayList<>();
    for (TrustManager manager : factory.getTrustManagers()) {
      if (manager instanceof X509TrustManager x509) {
        authorities.addAll(List.of(x509.getAcceptedIssuers()));
      }
    }
    return authorities;
  }

  /**
   * What all connections share. It is made when it is first asked for, and not on the caller's
   * thread: that reads all authorities there are.
   */
  public synchronized CompletableFuture<SslContext> context() {
    if (context == null) {
      context = CompletableFuture.supplyAsync(this::make);
    }
    return context;
  }

  /** The same for clients of Java's own; waits until it is made. */
  public SSLContext javaContext() {
    return ((JdkSslContext) context().join()).context();
  }

  private SslContext make() {
    try {
      return maker.call();
    } catch (Exception e) {
      throw new CompletionException(e);
    }
  }
}
