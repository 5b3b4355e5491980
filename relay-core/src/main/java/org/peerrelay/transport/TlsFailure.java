package org.peerrelay.transport;

import io.netty.handler.ssl.NotSslRecordException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import org.jspecify.annotations.Nullable;

/** What a TLS handshake has failed of, in words for who gave the URL. */
public final class TlsFailure {
  private TlsFailure() {}

  /**
   * Says what is wrong with who answers at {@code host}; null if nothing is known to be, as when
   * the connection broke. Nothing in it comes from the other end.
   */
  public static @Nullable String words(Throwable failure, String host) {
    if (has(failure, CertificateExpiredException.class)) {
      return "its certificate has expired (expected: one that holds now)";
    }
    if (has(failure, CertificateNotYetValidException.class)) {
      return "its certificate does not hold yet (expected: one that holds now; is the clock right?)";
    }
    if (has(failure, CertPathBuilderException.class)) {
      return "nobody who is trusted vouches for its certificate (expected: an authority that Java"
          + " knows, or one that this node was given)";
    }
    if (saysNo(failure)) {
      return "its certificate is for other names (expected: " + host + " among them)";
    }
    if (has(failure, CertificateException.class)) {
      return "its certificate, or one that vouches for it, is not accepted by Java";
    }
    if (has(failure, NotSslRecordException.class)) {
      return "no TLS is spoken there (expected: wss:// where it is, else ws://)";
    }
    String message = String.valueOf(failure.getMessage());
    return message.contains("fatal alert") ? "TLS: " + message : null;
  }

  /** So the JDK begins where the name is none of the certificate's: "No name matching ...". */
  private static boolean saysNo(Throwable failure) {
    return String.valueOf(failure.getMessage()).startsWith("No ");
  }

  private static boolean has(Throwable failure, Class<? extends Throwable> type) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (type.isInstance(cause)) {
        return true;
      }
    }
    return false;
  }
}
