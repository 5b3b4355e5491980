package org.peerrelay.id;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Makes files and folders that their owner alone may use, where the file system knows POSIX
 * permissions; elsewhere they inherit those of the folder.
 */
final class OwnerOnly {
  private OwnerOnly() {}

  /** Whether the file system of {@code path} knows POSIX permissions. */
  static boolean supportedBy(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  /** With what to make a folder at {@code path}. */
  static FileAttribute<?>[] folder(Path path) {
    return attributes(path, "rwx------");
  }

  /** With what to make a file at {@code path}. */
  static FileAttribute<?>[] file(Path path) {
    return attributes(path, "rw-------");
  }

  /**
   * Makes {@code file} with {@code text} (ASCII) in it, on the disk before this returns; leaves it
   * as it is if it exists by now. At no time, whatever fails, does a part of the text stand under
   * the name of the file.
   */
  static void createIfAbsent(Path file, String text) throws IOException {
    Path folder = file.resolveSibling("");
    Path temporary = Files.createTempFile(folder, ".identity-", ".tmp", file(folder));
    try {
      try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
        ByteBuffer bytes = StandardCharsets.US_ASCII.encode(text);
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
      publish(temporary, file);
    } catch (FileAlreadyExistsException e) {
      return;
    } finally {
      Files.deleteIfExists(temporary);
    }
    if (supportedBy(folder)) {
      force(folder);
    }
  }

  /**
   * A hard link is the way to a new name that fails if the name is taken; a move would replace what
   * another program has put there meanwhile. Some file systems know no links: there the move looks
   * first, and two programs that look at once are left to chance.
   */
  private static void publish(Path temporary, Path file) throws IOException {
    try {
      Files.createLink(file, temporary);
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (UnsupportedOperationException | FileSystemException e) {
      Files.move(temporary, file);
    }
  }

  /** The new name of a file is safe from a crash only once its folder is on the disk too. */
  private static void force(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static FileAttribute<?>[] attributes(Path path, String permissions) {
    return supportedBy(path)
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }
}
