package org.peerrelay.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LogLimitTest {
  private final LoggerContext logs = new LoggerContext();
  private final Logger logger = logs.getLogger("some.Thing");
  private final ListAppender<ILoggingEvent> written = new ListAppender<>();
  private long nowNs = -LogLimit.PERIOD_NS / 2;

  @BeforeEach
  void setUp() {
    Logger root = logs.getLogger(Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.INFO);
    written.start();
    root.addAppender(written);
    LogLimit limit = new LogLimit(() -> nowNs);
    limit.start();
    logs.addTurboFilter(limit);
  }

  private void logs(int times, Object first) {
    for (int i = 0; i < times; i++) {
      logger.info("{}: failed {}", first, i);
    }
  }

  private static InetSocketAddress socket(String host, int port) {
    return InetSocketAddress.createUnresolved(host, port);
  }

  @Test
  void oneAddressIsWrittenSoOftenWhateverItsPorts() {
    for (int port = 1; port <= 1_000; port++) {
      logs(1, socket("a.example", port));
    }
    assertEquals(LogLimit.MAX_PER_ADDRESS, written.list.size());
    logs(1, socket("b.example", 1));
    assertEquals(LogLimit.MAX_PER_ADDRESS + 1, written.list.size());
  }

  @Test
  void allOfAKindAreBoundedHoweverManyAddresses() {
    for (int host = 0; host < 10 * LogLimit.MAX_COUNTED; host++) {
      logs(1, "host " + host);
    }
    assertEquals(LogLimit.MAX_PER_KIND, written.list.size());
    logger.info("another kind");
    assertEquals(LogLimit.MAX_PER_KIND + 1, written.list.size());
  }

  @Test
  void whatWasLeftOutIsToldAfterThePeriod() {
    logs(LogLimit.MAX_PER_ADDRESS + 7, "a");
    nowNs += LogLimit.PERIOD_NS;
    logs(1, "a");
    int last = written.list.size() - 1;
    assertEquals(
        "7 more were left out, of Thing: {}: failed {}",
        written.list.get(last - 1).getFormattedMessage());
    assertEquals("a: failed 0", written.list.get(last).getFormattedMessage());
  }

  @Test
  void whatIsNotWrittenAnywayDoesNotCount() {
    for (int i = 0; i < 1_000; i++) {
      logger.debug("{}: failed {}", "a", i);
    }
    logs(1, "a");
    assertEquals(1, written.list.size());
  }
}
