package org.peerrelay.testing;

import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakTracker;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Netty's leak detector, which hands its reports to {@link LeakGate} instead of the log. Netty
 * creates one per resource type where the system property {@code
 * io.netty.customResourceLeakDetector} names this class. Safe for use by any thread.
 */
public final class RecordingLeakDetector<T> extends ResourceLeakDetector<T> {
  private static final Queue<RecordingLeakDetector<?>> DETECTORS = new ConcurrentLinkedQueue<>();
  private static final Queue<String> REPORTS = new ConcurrentLinkedQueue<>();

  /** Called by Netty, through reflection. */
  public RecordingLeakDetector(Class<?> resourceType, int samplingInterval) {
    super(resourceType, samplingInterval);
    DETECTORS.add(this);
  }

  /** Netty looks for this form too, and logs an error where it is missing. */
  public RecordingLeakDetector(Class<?> resourceType, int samplingInterval, long maxActive) {
    this(resourceType, samplingInterval);
  }

  /** The leaks that were reported since the last call, each with the places that touched it. */
  static List<String> takeReports() {
    List<String> taken = new ArrayList<>();
    for (String report = REPORTS.poll(); report != null; report = REPORTS.poll()) {
      taken.add(report);
    }
    return taken;
  }

  /** Makes every detector look through the resources that the garbage collector has found. */
  static void poll() {
    DETECTORS.forEach(RecordingLeakDetector::trackOne);
  }

  private void trackOne() {
    // A detector looks for leaks only while it begins to track something.
    @SuppressWarnings("unchecked")
    T resource = (T) new Object();
    ResourceLeakTracker<T> tracker = track(resource);
    if (tracker != null) {
      tracker.close(resource);
    }
  }

  /** A leak counts whatever the tests did to the log level. */
  @Override
  protected boolean needReport() {
    return true;
  }

  @Override
  protected void reportTracedLeak(String resourceType, String records) {
    REPORTS.add(resourceType + records);
  }

  @Override
  protected void reportUntracedLeak(String resourceType) {
    REPORTS.add(resourceType);
  }
}
