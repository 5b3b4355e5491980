package org.peerrelay.daemon;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.function.IntConsumer;

/**
 * Signals of the system that a command handles itself. What Java has for that is no part of its
 * API, though every JDK has it: so it is looked up at run time, and missed where it is not there.
 */
final class Signals {
  private Signals() {}

  /**
   * Has {@code action} told the number of each signal {@code name} that comes, as {@code TERM}, on
   * a thread of its own. One that the parent process has set to be ignored stays ignored.
   *
   * @return makes the signal do again what it did before
   */
  static Runnable handle(String name, IntConsumer action) {
    try {
      Class<?> type = Class.forName("sun.misc.Signal");
      Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
      Method handle = type.getMethod("handle", type, handlerType);
      Object signal = type.getConstructor(String.class).newInstance(name);
      int number = (int) type.getMethod("getNumber").invoke(signal);
      Object handler =
          Proxy.newProxyInstance(
              Signals.class.getClassLoader(),
              new Class<?>[] {handlerType},
              (proxy, method, arguments) -> {
                action.accept(number);
                return null;
              });
      Object before = handle.invoke(null, signal, handler);
      return () -> restore(handle, signal, before);
    } catch (ReflectiveOperationException e) {
      return () -> {}; // Not this JDK, or not this system: the signal does what it always does.
    }
  }

  private static void restore(Method handle, Object signal, Object before) {
    try {
      handle.invoke(null, signal, before);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("a handler that was there cannot be set again", e);
    }
  }
}
