package org.peerrelay.testing;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Map;
import java.util.TreeMap;

/** Configurations that differ from others in what a test is about, and in nothing else. */
public final class Changed {
  private Changed() {}

  /**
   * A copy of {@code record} with some other values, by the names of its components.
   *
   * @throws AssertionError if it has no component of such a name, or not of such a type
   */
  public static <R extends Record> R in(R record, Map<String, ?> values) {
    Map<String, Object> left = new TreeMap<>(values);
    RecordComponent[] components = record.getClass().getRecordComponents();
    Class<?>[] types = new Class<?>[components.length];
    Object[] copied = new Object[components.length];
    try {
      for (int i = 0; i < components.length; i++) {
        types[i] = components[i].getType();
        Object changed = left.remove(components[i].getName());
        copied[i] = changed == null ? components[i].getAccessor().invoke(record) : changed;
      }
      if (!left.isEmpty()) {
        throw new AssertionError(record.getClass() + " has no " + left.keySet());
      }
      Class<?> type = record.getClass();
      @SuppressWarnings("unchecked") // The constructor of its own class.
      R copy = (R) type.getDeclaredConstructor(types).newInstance(copied);
      return copy;
    } catch (ReflectiveOperationException | IllegalArgumentException e) {
      Throwable cause = e instanceof InvocationTargetException ? e.getCause() : e;
      throw new AssertionError("a copy of " + record + " with " + values, cause);
    }
  }
}
