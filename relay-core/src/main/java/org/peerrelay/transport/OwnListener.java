package org.peerrelay.transport;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/** Trusts whoever shows the certificate of a listener of this process. Any thread. */
final class OwnListener extends X509ExtendedTrustManager {
  private final ServerTls own;

  OwnListener(ServerTls own) {
    this.own = own;
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String algorithm, SSLEngine engine)
      throws CertificateException {
    checkServerTrusted(chain, algorithm);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String algorithm, Socket socket)
      throws CertificateException {
    checkServerTrusted(chain, algorithm);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String algorithm)
      throws CertificateException {
    if (!own.certificate().own().equals(chain[0])) {
      throw new CertificateException("certificate: another one (expected: this process's own)");
    }
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String algorithm, SSLEngine engine)
      throws CertificateException {
    checkClientTrusted(chain, algorithm);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String algorithm, Socket socket)
      throws CertificateException {
    checkClientTrusted(chain, algorithm);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String algorithm)
      throws CertificateException {
    throw new CertificateException("client certificate: not asked for (expected: none)");
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }
}
