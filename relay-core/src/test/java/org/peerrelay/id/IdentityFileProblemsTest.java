package org.peerrelay.id;

import static java.nio.file.attribute.PosixFilePermissions.fromString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peerrelay.id.IdentityFileException.Problem;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "POSIX permissions")
@Timeout(60)
class IdentityFileProblemsTest {
  private final SecureRandom random = new SecureRandom();

  @TempDir private Path folder;
  private Path path;

  @BeforeEach
  void nameTheFile() {
    path = folder.resolve("identity.pem");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rw-r-----",
        "rw----r--",
        "rw--w----",
        "rw-----w-",
        "rw---x---",
        "rw-rw-rw-",
        "rwxrwxrwx"
      })
  void aFileThatOthersMayReadOrWriteIsRefused(String permissions) throws Exception {
    IdentityFile.readOrCreate(path, random);
    Files.setPosixFilePermissions(path, fromString(permissions));

    assertEquals(
        "identity file: "
            + path.toRealPath()
            + " has the permissions "
            + permissions
            + " (expected: rw-------); if nobody has copied it, run: chmod 600 '"
            + path.toRealPath()
            + "'",
        refusal(Problem.EXPOSED).getMessage());
  }

  @Test
  void aFileThatItsOwnerMayOnlyReadIsRead() throws Exception {
    PeerId id = IdentityFile.readOrCreate(path, random).id();
    Files.setPosixFilePermissions(path, fromString("r--------"));

    assertEquals(id, IdentityFile.readOrCreate(path, random).id());
  }

  @Test
  void aDamagedFileIsRefusedAndLeftAsItIs() throws Exception {
    String pem = Identity.generate(random).toPem();
    String cut = pem.substring(0, 60);
    for (String damaged : List.of("", "\0".repeat(119), cut, "\u00ff" + cut, "x".repeat(1 << 20))) {
      Files.writeString(path, damaged);
      Files.setPosixFilePermissions(path, fromString("rw-------"));

      String message = String.valueOf(refusal(Problem.DAMAGED).getMessage());

      assertTrue(message.startsWith("identity file: " + path.toRealPath() + " is damaged: "));
      assertTrue(message.endsWith("; restore it from a copy, or delete it to get a new id"));
      assertFalse(message.contains("\n"));
      assertEquals(damaged, Files.readString(path));
    }
  }

  @Test
  void aFileWhereAFolderShouldBeIsInaccessible() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "");

    path = file.resolve("identity.pem");
    assertInaccessible(file + ": not a folder");
    path = file.resolve("below").resolve("identity.pem");
    refusal(Problem.INACCESSIBLE);
  }

  @Test
  void whatIsNoRegularFileIsInaccessible() throws Exception {
    Files.createDirectory(path);
    assertInaccessible(path + ": not a regular file");

    path = Path.of("/");
    assertInaccessible("/: not a regular file");

    path = Path.of("/dev/null");
    assertInaccessible("/dev/null: not a regular file");
  }

  @Test
  void aSymbolicLinkToNothingIsInaccessible() throws Exception {
    Files.createSymbolicLink(path, folder.resolve("nothing"));

    assertInaccessible(path.toRealPath(LinkOption.NOFOLLOW_LINKS) + ": no such file or folder");
  }

  @Test
  void aFolderThatMayNotBeWrittenIsInaccessible() throws Exception {
    Files.setPosixFilePermissions(folder, fromString("r-x------"));
    assumeFalse(Files.isWritable(folder), "root may write everywhere");

    refusal(Problem.INACCESSIBLE);
    path = folder.resolve("below").resolve("identity.pem");
    assertInaccessible(folder.resolve("below") + ": permission denied");
  }

  private void assertInaccessible(String reason) {
    assertEquals(
        "identity file: "
            + path
            + " cannot be used: "
            + reason
            + " (expected: a file that this user may read, in a folder that it may write);"
            + " correct that, or use another file",
        refusal(Problem.INACCESSIBLE).getMessage());
  }

  /** What both ways to the identity answer. */
  private IdentityFileException refusal(Problem problem) {
    IdentityFileException refusal =
        assertThrows(IdentityFileException.class, () -> IdentityFile.readOrCreate(path, random));
    assertEquals(problem, refusal.problem(), refusal::getMessage);
    IdentityFileException opened =
        assertThrows(IdentityFileException.class, () -> IdentityFile.open(path, random));
    assertEquals(problem, opened.problem(), opened::getMessage);
    return refusal;
  }
}
