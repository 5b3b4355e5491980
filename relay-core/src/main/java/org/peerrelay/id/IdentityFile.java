package org.peerrelay.id;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;

/**
 * The file that keeps an {@link Identity} across restarts, locked while a node runs with it: two
 * nodes with one id would take each other's links and datagrams.
 *
 * <p>The file is PKCS#8 PEM that only its owner may read or write; one that others may read or
 * write is refused. A missing file is made, with its folders: it appears whole or not at all, and
 * of several programs that make it at once all get the same identity. A damaged file is never
 * replaced.
 *
 * <p>The lock is on a file of its own beside it ({@code NAME.lock}, which stays), because a lock on
 * the identity file would end as soon as anything in this process closed that file, and would keep
 * other processes from reading it on Windows. A crash frees it. A symbolic link counts as the file
 * that it leads to.
 */
public final class IdentityFile implements AutoCloseable {
  /** More than any PEM key with comments; the rest of a larger file is not read. */
  private static final int MAX_BYTES = 64 * 1024;

  private final Identity identity;
  private final ProcessLock lock;

  private IdentityFile(Identity identity, ProcessLock lock) {
    this.identity = identity;
    this.lock = lock;
  }

  /**
   * Locks the identity file at {@code path} and reads it, or makes it with a key from {@code
   * random}. The lock holds until {@link #close()} or the end of the process.
   *
   * @throws IdentityFileException with the problem {@code LOCKED} if the file is open in another
   *     process or in this one, or with any other problem
   */
  public static IdentityFile open(Path path, SecureRandom random) throws IdentityFileException {
    try {
      Path file = locate(path);
      ProcessLock lock =
          ProcessLock.tryAcquire(file.resolveSibling(file.getFileName() + ".lock"))
              .orElseThrow(() -> IdentityFileException.locked(path));
      try {
        return new IdentityFile(readOrCreateAt(file, random), lock);
      } catch (IOException | RuntimeException e) {
        lock.close();
        throw e;
      }
    } catch (IOException e) {
      throw IdentityFileException.explaining(path, e);
    }
  }

  /**
   * Reads the identity file at {@code path}, or makes it with a key from {@code random}. Takes no
   * lock and heeds none.
   *
   * @throws IdentityFileException with any problem but {@code LOCKED}
   */
  public static Identity readOrCreate(Path path, SecureRandom random) throws IdentityFileException {
    try {
      return readOrCreateAt(locate(path), random);
    } catch (IOException e) {
      throw IdentityFileException.explaining(path, e);
    }
  }

  /** The identity in the file. */
  public Identity identity() {
    return identity;
  }

  /** Frees the file for others. Closing it twice does nothing more. */
  @Override
  public void close() throws IOException {
    lock.close();
  }

  /** The real path of the file, if it exists; else the real path of its folder, made if missing. */
  private static Path locate(Path path) throws IOException {
    Path absolute = path.toAbsolutePath();
    if (Files.exists(absolute)) {
      if (!Files.isRegularFile(absolute)) {
        throw new FileSystemException(path.toString(), null, "not a regular file");
      }
      return absolute.toRealPath();
    }
    Path folder = absolute.resolveSibling("");
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder, OwnerOnly.folder(folder));
    }
    return folder.toRealPath().resolve(absolute.getFileName());
  }

  private static Identity readOrCreateAt(Path file, SecureRandom random) throws IOException {
    if (!Files.exists(file)) {
      OwnerOnly.createIfAbsent(file, Identity.generate(random).toPem());
    }
    // Also if it has just been made: another program may have been first.
    return read(file);
  }

  private static Identity read(Path file) throws IOException {
    if (OwnerOnly.supportedBy(file)) {
      String permissions = PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
      if (!permissions.endsWith("------")) {
        throw IdentityFileException.exposed(file, permissions);
      }
    }
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(MAX_BYTES);
    }
    try {
      return Identity.ofPem(new String(bytes, StandardCharsets.ISO_8859_1));
    } catch (IllegalArgumentException e) {
      throw IdentityFileException.damaged(file, e);
    }
  }
}
