package org.peerrelay.transport;

import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import java.util.List;
import javax.net.ssl.SSLException;

/**
 * The part of TLS that is spoken, by both ends: the versions that are not deprecated (RFC 8996),
 * and of their ciphers those with forward secrecy and authenticated encryption, which are all of
 * 1.3 and the ones that RFC 9325 recommends for 1.2.
 */
final class TlsSuite {
  static final List<String> VERSIONS = List.of("TLSv1.3", "TLSv1.2");
  static final List<String> CIPHERS =
      List.of(
          "TLS_AES_128_GCM_SHA256",
          "TLS_AES_256_GCM_SHA384",
          "TLS_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

  /** WebSocket begins with HTTP/1.1. Who offers others but not this one is told so. */
  private static final ApplicationProtocolConfig HTTP =
      new ApplicationProtocolConfig(
          Protocol.ALPN,
          SelectorFailureBehavior.FATAL_ALERT,
          SelectedListenerFailureBehavior.ACCEPT,
          ApplicationProtocolNames.HTTP_1_1);

  /**
   * How long a connection that is closed may take to say so in TLS, if its other end does not read.
   * What was to be sent has had its time before.
   */
  private static final long CLOSE_NOTIFY_MS = 200;

  private TlsSuite() {}

  /** Completes a context of either end. */
  static SslContext build(SslContextBuilder builder) throws SSLException {
    return builder
        .sslProvider(SslProvider.JDK)
        .protocols(VERSIONS)
        .ciphers(CIPHERS, SupportedCipherSuiteFilter.INSTANCE)
        .applicationProtocolConfig(HTTP)
        .build();
  }

  /** Leaves the time for the handshake to the connection's own deadline. */
  static SslHandler bounded(SslHandler handler) {
    handler.setHandshakeTimeoutMillis(0);
    handler.setCloseNotifyFlushTimeoutMillis(CLOSE_NOTIFY_MS);
    return handler;
  }
}
