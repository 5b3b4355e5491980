package org.peerrelay.testing;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.List;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * Fails each test class during which Netty reported a leak, and the run if one shows only at its
 * end. JUnit finds it as a service; the build sets what makes Netty track every buffer.
 */
public final class LeakGate implements BeforeAllCallback, AfterAllCallback {
  private static final long COLLECTION_TIMEOUT_MS = 10_000;

  @Override
  public void beforeAll(ExtensionContext context) {
    context
        .getRoot()
        .getStore(Namespace.create(LeakGate.class))
        .computeIfAbsent("the whole run", key -> (AutoCloseable) () -> check(key));
  }

  @Override
  public void afterAll(ExtensionContext context) throws InterruptedException {
    check(context.getDisplayName());
  }

  private static void check(String where) throws InterruptedException {
    List<String> leaks = findLeaks();
    if (!leaks.isEmpty()) {
      throw new AssertionError(
          "leaks, found after "
              + where
              + ": "
              + leaks.size()
              + " (expected: 0)\n"
              + String.join("\n", leaks));
    }
  }

  /** Collects garbage and returns every leak found since the last call. */
  static List<String> findLeaks() throws InterruptedException {
    // References of one collection are handed over before those of the next, so that the end of the
    // second proves that all of the first have reached the detectors.
    collectGarbage();
    collectGarbage();
    RecordingLeakDetector.poll();
    return RecordingLeakDetector.takeReports();
  }

  private static void collectGarbage() throws InterruptedException {
    ReferenceQueue<Object> collected = new ReferenceQueue<>();
    WeakReference<Object> canary = new WeakReference<>(new Object(), collected);
    System.gc();
    if (collected.remove(COLLECTION_TIMEOUT_MS) != canary) {
      throw new AssertionError(
          "garbage collection: not done (expected: within " + COLLECTION_TIMEOUT_MS + " ms)");
    }
  }
}
