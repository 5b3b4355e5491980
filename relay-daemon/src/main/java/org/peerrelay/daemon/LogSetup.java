package org.peerrelay.daemon;

import ch.qos.logback.classic.ClassicConstants;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.joran.spi.ConsoleTarget;
import ch.qos.logback.core.spi.ContextAwareBase;
import org.slf4j.LoggerFactory;

/**
 * Sends logs to standard error: warnings, and with {@link #showDebug} what this project's own code
 * does. Netty stays quiet, since what it says at its start helps nobody.
 *
 * <p>Code and no logback.xml, since reading that takes as long as all the rest of a start. Logback
 * finds this class as a service; a file that the system property names still has the last word.
 */
@ConfiguratorRank(ConfiguratorRank.CUSTOM_NORMAL_PRIORITY)
public final class LogSetup extends ContextAwareBase implements Configurator {
  /** What is meant by this project's own code. */
  static final String OWN = "org.peerrelay";

  private static final String APPENDER = "stderr";

  /** Under this name notes to the user are logged. */
  private static final String NOTES = "relay";

  /** Netty's, which warns of each connection by TLS that is closed while nobody reads it. */
  private static final String TLS = "io.netty.handler.ssl.SslHandler";

  private static volatile boolean json;

  /** From now on debug logs are written, and stack traces; or not. */
  static void showDebug(boolean shown) {
    ((Logger) LoggerFactory.getLogger(OWN)).setLevel(shown ? Level.DEBUG : null);
  }

  /** From now on logs look so. Where a file sets them up, that says how they look. */
  static void format(LogOptions.Format format) {
    LoggerContext logs = (LoggerContext) LoggerFactory.getILoggerFactory();
    Appender<ILoggingEvent> appender =
        logs.getLogger(Logger.ROOT_LOGGER_NAME).getAppender(APPENDER);
    if (appender instanceof ConsoleAppender<ILoggingEvent> console) {
      json = format == LogOptions.Format.JSON;
      console.setEncoder(json ? json(logs) : text(logs));
    }
  }

  /**
   * Logs a note to the user where all that goes to standard error is JSON; tells whether it did.
   */
  static boolean logs(String note) {
    if (json) {
      LoggerFactory.getLogger(NOTES).warn(note);
    }
    return json;
  }

  private static Encoder<ILoggingEvent> text(LoggerContext logs) {
    LogLine layout = new LogLine();
    layout.setContext(logs);
    layout.start();
    LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
    encoder.setContext(logs);
    encoder.setLayout(layout);
    encoder.start();
    return encoder;
  }

  private static Encoder<ILoggingEvent> json(LoggerContext logs) {
    JsonEncoder encoder = new JsonEncoder();
    encoder.setContext(logs);
    encoder.setWithSequenceNumber(false);
    encoder.setWithNanoseconds(false);
    encoder.setWithContext(false);
    encoder.setWithMarkers(false);
    encoder.setWithMDC(false);
    encoder.setWithKVPList(false);
    encoder.setWithMessage(false);
    encoder.setWithArguments(false);
    encoder.setWithFormattedMessage(true);
    encoder.start();
    return encoder;
  }

  @Override
  public ExecutionStatus configure(LoggerContext logs) {
    if (System.getProperty(ClassicConstants.CONFIG_FILE_PROPERTY) != null) {
      return ExecutionStatus.INVOKE_NEXT_IF_ANY;
    }
    ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
    appender.setContext(logs);
    appender.setTarget(ConsoleTarget.SystemErr.getName());
    appender.setName(APPENDER);
    appender.setEncoder(text(logs));
    appender.start();
    LogLimit limit = new LogLimit(System::nanoTime);
    limit.setContext(logs);
    limit.start();
    logs.addTurboFilter(limit);
    Logger root = logs.getLogger(Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.WARN);
    logs.getLogger(TLS).setLevel(Level.ERROR);
    root.addAppender(appender);
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }
}
