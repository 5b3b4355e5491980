package org.peerrelay.daemon;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/**
 * How a log event looks: one line. A stack trace follows only where debug logs are shown, and then
 * only that of a warning or an error: a relay that cannot be dialed needs none.
 */
final class LogLine extends LayoutBase<ILoggingEvent> {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS");

  @Override
  public String doLayout(ILoggingEvent event) {
    StringBuilder line = new StringBuilder();
    TIME.formatTo(Instant.ofEpochMilli(event.getTimeStamp()).atZone(ZoneId.systemDefault()), line);
    String logger = event.getLoggerName();
    line.append(' ').append(event.getLevel()).append(' ');
    line.append(logger, logger.lastIndexOf('.') + 1, logger.length());
    line.append(": ").append(OneLine.of(event.getFormattedMessage()));
    boolean serious = event.getLevel().isGreaterOrEqual(Level.WARN);
    IThrowableProxy thrown = event.getThrowableProxy();
    if (thrown != null) {
      line.append(": ").append(thrown.getClassName());
      line.append(": ").append(OneLine.of(String.valueOf(thrown.getMessage())));
    }
    line.append('\n');
    if (thrown != null && serious && debugShown()) {
      line.append(ThrowableProxyUtil.asString(thrown));
    }
    return line.toString();
  }

  private boolean debugShown() {
    return ((LoggerContext) context).getLogger(LogSetup.OWN).isDebugEnabled();
  }
}
