package org.peerrelay.transport;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;

/** What one class tells the operator, which does not go to the console meanwhile. */
final class Warnings implements AutoCloseable {
  private static final long WAIT_S = 20;

  private final Logger log;
  private final BlockingQueue<String> said = new LinkedBlockingQueue<>();
  private final AppenderBase<ILoggingEvent> appender =
      new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
          if (event.getLevel().isGreaterOrEqual(Level.WARN)) {
            said.add(event.getFormattedMessage());
          }
        }
      };

  Warnings(Class<?> of) {
    log = (Logger) LoggerFactory.getLogger(of);
    appender.start();
    log.addAppender(appender);
    log.setAdditive(false);
  }

  /** The next one, waited for; "null" if none comes. */
  String next() throws InterruptedException {
    return String.valueOf(said.poll(WAIT_S, TimeUnit.SECONDS));
  }

  /** All that have come and were not taken. */
  List<String> rest() {
    List<String> rest = new ArrayList<>();
    said.drainTo(rest);
    return rest;
  }

  @Override
  public void close() {
    log.detachAppender(appender);
    log.setAdditive(true);
  }
}
