package org.peerrelay.transport;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.WebSocketHandshakeException;
import java.nio.channels.ClosedChannelException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/**
 * Reads in the log what went wrong on connections and on the control loop: what a connection fails
 * for is told there, and nowhere else. Meanwhile the transport's log does not go to the console.
 */
final class FailureWatch implements AutoCloseable {
  private static final Logger ROOT = logger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  private static final Logger TRANSPORT = logger(WebSocketLink.class.getPackageName());

  /**
   * What Netty throws at bytes that are no WebSocket, when a message is never completed, or another
   * begins after a broken one, and when something is written after the other end's close frame.
   */
  private static final Set<String> EXPECTED =
      Stream.of(
              ClosedChannelException.class,
              CorruptedWebSocketFrameException.class,
              PrematureChannelClosureException.class,
              TooLongFrameException.class,
              WebSocketHandshakeException.class)
          .map(Class::getName)
          .collect(Collectors.toSet());

  private final ListAppender<ILoggingEvent> events = new ListAppender<>();

  FailureWatch() {
    events.start();
    ROOT.addAppender(events);
    TRANSPORT.setLevel(Level.DEBUG);
    TRANSPORT.setAdditive(false);
    TRANSPORT.addAppender(events);
  }

  private static Logger logger(String name) {
    return (Logger) LoggerFactory.getLogger(name);
  }

  /**
   * Forgets what was logged since the last call.
   *
   * @throws AssertionError if there was a warning, or a failure of a kind that nobody expects
   */
  void check() {
    for (ILoggingEvent event : taken()) {
      IThrowableProxy thrown = event.getThrowableProxy();
      boolean expected = thrown == null || EXPECTED.contains(kind(thrown));
      if (!expected || event.getLevel().isGreaterOrEqual(Level.WARN)) {
        throw new AssertionError(
            event + (thrown == null ? "" : "\n" + ThrowableProxyUtil.asString(thrown)));
      }
    }
  }

  /** Handlers of Netty wrap what they throw while they read, be it theirs or a mistake of ours. */
  private static String kind(IThrowableProxy thrown) {
    IThrowableProxy cause = thrown.getCause();
    boolean wrapped = thrown.getClassName().equals(DecoderException.class.getName());
    return wrapped && cause != null ? cause.getClassName() : thrown.getClassName();
  }

  /** Other threads may be logging: appenders lock themselves for each event. */
  private List<ILoggingEvent> taken() {
    synchronized (events) {
      List<ILoggingEvent> taken = List.copyOf(events.list);
      events.list.clear();
      return taken;
    }
  }

  @Override
  public void close() {
    ROOT.detachAppender(events);
    TRANSPORT.detachAppender(events);
    TRANSPORT.setAdditive(true);
    TRANSPORT.setLevel(null);
  }
}
