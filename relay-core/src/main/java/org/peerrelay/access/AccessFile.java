package org.peerrelay.access;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** Reads small files of lines. */
final class AccessFile {
  private AccessFile() {}

  /**
   * The lines of {@code file}, UTF-8.
   *
   * @throws AccessFileException if it cannot be read, or has more than {@code maxBytes}
   */
  static List<String> lines(Path file, int maxBytes) throws AccessFileException {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(maxBytes + 1);
    } catch (IOException e) {
      throw new AccessFileException(file + ": cannot be read (" + reason(e) + ")", e);
    }
    if (bytes.length > maxBytes) {
      throw new AccessFileException(
          file + ": too large (expected: at most " + maxBytes + " bytes)");
    }
    return new String(bytes, StandardCharsets.UTF_8).lines().toList();
  }

  private static String reason(IOException e) {
    if (e instanceof NoSuchFileException) {
      return "No such file or directory";
    }
    if (e instanceof AccessDeniedException) {
      return "Permission denied";
    }
    String reason = e instanceof FileSystemException f ? f.getReason() : e.getMessage();
    return String.valueOf(reason);
  }
}
