package org.peerrelay.id;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * An identity file that cannot be used. The message is one line for the user: what is wrong with
 * which file, what was expected, and what to do.
 */
public final class IdentityFileException extends IOException {
  private static final long serialVersionUID = 1;

  private final Problem problem;

  /** What is wrong, as far as a caller may want to act on it. */
  public enum Problem {
    /** A running node has the file open: another identity will have to do. */
    LOCKED,
    /** Others than its owner may read or write the file. */
    EXPOSED,
    /** The file can be read, but holds no Ed25519 private key. */
    DAMAGED,
    /** The file or its folder cannot be made, read, written or locked. */
    INACCESSIBLE
  }

  private IdentityFileException(Problem problem, String message, @Nullable Exception cause) {
    super(message, cause);
    this.problem = problem;
  }

  static IdentityFileException locked(Path path) {
    return new IdentityFileException(
        Problem.LOCKED,
        ("identity file: %s is in use (expected: one running node at a time);"
                + " stop the other node, or use another file")
            .formatted(path),
        null);
  }

  static IdentityFileException exposed(Path file, String permissions) {
    return new IdentityFileException(
        Problem.EXPOSED,
        ("identity file: %s has the permissions %s (expected: rw-------);"
                + " if nobody has copied it, run: chmod 600 '%s'")
            .formatted(file, permissions, file),
        null);
  }

  static IdentityFileException damaged(Path file, IllegalArgumentException cause) {
    return new IdentityFileException(
        Problem.DAMAGED,
        "identity file: %s is damaged: %s; restore it from a copy, or delete it to get a new id"
            .formatted(file, cause.getMessage()),
        cause);
  }

  /** {@code cause} itself, if it explains itself already. */
  static IdentityFileException explaining(Path path, IOException cause) {
    if (cause instanceof IdentityFileException explained) {
      return explained;
    }
    return new IdentityFileException(
        Problem.INACCESSIBLE,
        ("identity file: %s cannot be used: %s"
                + " (expected: a file that this user may read, in a folder that it may write);"
                + " correct that, or use another file")
            .formatted(path, reason(cause)),
        cause);
  }

  /** What the problem is. */
  public Problem problem() {
    return problem;
  }

  /** The message of the cause, with a reason where the JDK says no more than the name of a file. */
  private static @Nullable String reason(IOException cause) {
    if (!(cause instanceof FileSystemException at) || at.getReason() != null) {
      return cause.getMessage();
    }
    if (at instanceof AccessDeniedException) {
      return at.getFile() + ": permission denied";
    }
    boolean notFolder = at instanceof FileAlreadyExistsException;
    return at.getFile() + (notFolder ? ": not a folder" : ": no such file or folder");
  }
}
