package org.peerrelay.transport;

/** A certificate, or its key, with which no TLS can be spoken. The message never quotes a key. */
public final class UnusableCertificateException extends Exception {
  private static final long serialVersionUID = 1;

  /** Says what is wrong, and with which of the two. */
  UnusableCertificateException(String message) {
    super(message);
  }

  /** As the other one, with what has shown it. */
  UnusableCertificateException(String message, Throwable cause) {
    super(message, cause);
  }
}
