package org.peerrelay.id;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An exclusive lock on a file made for that purpose, against other processes and against other
 * parts of this one. Any number of threads.
 */
final class ProcessLock implements AutoCloseable {
  /**
   * The locks of this process, by real path; guarded by the class.
   *
   * <p>Looked up before a file is opened: under POSIX, closing any descriptor of a file frees all
   * locks that the process has on it, so a second open that fails would take the lock from the
   * first. It also keeps the channel of an owner who has forgotten to close from being collected.
   */
  private static final Map<Path, FileChannel> HELD = new HashMap<>();

  private final Path file;
  private final FileChannel channel;

  private ProcessLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Locks {@code file} (a real path), made if missing; empty if it is locked already.
   *
   * @throws IOException if the file cannot be made or written, or its file system knows no locks
   */
  static Optional<ProcessLock> tryAcquire(Path file) throws IOException {
    synchronized (ProcessLock.class) {
      if (HELD.containsKey(file)) {
        return Optional.empty();
      }
      FileChannel channel =
          FileChannel.open(
              file,
              Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
              OwnerOnly.file(file));
      if (!lock(channel)) {
        return Optional.empty();
      }
      HELD.put(file, channel);
      return Optional.of(new ProcessLock(file, channel));
    }
  }

  @Override
  public void close() throws IOException {
    synchronized (ProcessLock.class) {
      if (HELD.remove(file, channel)) {
        channel.close();
      }
    }
  }

  /** Locks what {@code channel} is open on, or closes the channel. */
  private static boolean lock(FileChannel channel) throws IOException {
    boolean locked = false;
    try {
      locked = channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      // Held in this process by a copy of this class from another loader.
      locked = false;
    } finally {
      if (!locked) {
        channel.close();
      }
    }
    return locked;
  }
}
