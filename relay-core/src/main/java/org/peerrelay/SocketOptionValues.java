package org.peerrelay;

import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The options of a datagram socket, as {@link StandardSocketOptions} defines them. Any thread. */
final class SocketOptionValues {
  private static final int MAX_TRAFFIC_CLASS = 255;

  private final Map<SocketOption<?>, Object> values;

  SocketOptionValues(int sendBufferBytes, int receiveBufferBytes) {
    values =
        new ConcurrentHashMap<>(
            Map.of(
                StandardSocketOptions.SO_SNDBUF,
                sendBufferBytes,
                StandardSocketOptions.SO_RCVBUF,
                receiveBufferBytes,
                StandardSocketOptions.SO_REUSEADDR,
                false,
                StandardSocketOptions.SO_BROADCAST,
                true,
                StandardSocketOptions.IP_TOS,
                0));
  }

  /** The options that there are. */
  Set<SocketOption<?>> names() {
    return Set.copyOf(values.keySet());
  }

  /**
   * The value of an option.
   *
   * @throws UnsupportedOperationException if there is no such option
   */
  <T> T get(SocketOption<T> name) {
    Object value = values.get(name);
    if (value == null) {
      throw unsupported(name);
    }
    return name.type().cast(value);
  }

  /**
   * Sets an option.
   *
   * @throws UnsupportedOperationException if there is no such option
   * @throws IllegalArgumentException if it cannot have that value
   */
  void set(SocketOption<?> name, @Nullable Object value) {
    if (!values.containsKey(name)) {
      throw unsupported(name);
    }
    if (!name.type().isInstance(value) || !isValid(name, value)) {
      throw new IllegalArgumentException(
          name.name() + ": " + value + " (expected: " + expected(name) + ")");
    }
    values.put(name, value);
  }

  private static boolean isValid(SocketOption<?> name, Object value) {
    if (!(value instanceof Integer number)) {
      return true;
    }
    return name.equals(StandardSocketOptions.IP_TOS)
        ? number >= 0 && number <= MAX_TRAFFIC_CLASS
        : number > 0;
  }

  private static String expected(SocketOption<?> name) {
    if (name.type() == Boolean.class) {
      return "true or false";
    }
    return name.equals(StandardSocketOptions.IP_TOS) ? "0 to 255" : "more than 0 bytes";
  }

  private static UnsupportedOperationException unsupported(SocketOption<?> name) {
    return new UnsupportedOperationException(
        "socket option: " + name.name() + " (expected: a supported one)");
  }
}
