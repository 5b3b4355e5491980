package org.peerrelay.daemon;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.LoggerContext;
import io.netty.handler.ssl.SslHandler;
import org.junit.jupiter.api.Test;

/** What is written of what others log. */
class LogSetupTest {
  /** It is one for each client that hangs on without reading, and whoever likes can be many. */
  @Test
  void nettysWarningOfAClosedTlsConnectionIsNot() {
    LoggerContext logs = new LoggerContext();
    LogSetup setup = new LogSetup();
    setup.configure(logs);
    assertFalse(logs.getLogger(SslHandler.class).isWarnEnabled());
    assertTrue(logs.getLogger(SslHandler.class).isErrorEnabled());
    assertTrue(logs.getLogger(LogSetup.OWN).isWarnEnabled());
    logs.stop();
  }
}
