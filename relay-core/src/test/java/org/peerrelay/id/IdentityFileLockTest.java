package org.peerrelay.id;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.peerrelay.id.IdentityFileException.Problem;

@Timeout(60)
class IdentityFileLockTest {
  private final SecureRandom random = new SecureRandom();

  @TempDir private Path folder;
  private Path path;

  @BeforeEach
  void nameTheFile() {
    path = folder.resolve("identity.pem");
  }

  @Test
  void aFileInUseByAnotherProcessIsLockedUntilThatProcessEnds() throws Exception {
    PeerId id;
    try (OtherProcess other = OtherProcess.opening(path)) {
      id = PeerId.ofHex(other.outcome());

      assertLocked(path);
      assertEquals(id, IdentityFile.readOrCreate(path, random).id());
    }
    try (IdentityFile file = IdentityFile.open(path, random)) {
      assertEquals(id, file.identity().id());
    }
  }

  @Test
  void aFileInUseByThisProcessIsLockedForAnother() throws Exception {
    try (IdentityFile file = IdentityFile.open(path, random)) {
      assertOtherProcessIsLockedOut();
      assertEquals(file.identity().id(), IdentityFile.readOrCreate(path, random).id());
      assertOtherProcessIsLockedOut();
    }
    try (OtherProcess other = OtherProcess.opening(path)) {
      PeerId.ofHex(other.outcome());
    }
  }

  @Test
  void aSecondOpenInThisProcessFailsAndTakesNothingFromTheFirst() throws Exception {
    try (IdentityFile file = IdentityFile.open(path, random)) {
      assertLocked(path);
      // Under POSIX the failed open could have freed the lock for other processes.
      assertOtherProcessIsLockedOut();
      assertEquals(file.identity().id(), IdentityFile.readOrCreate(path, random).id());
    }
    IdentityFile.open(path, random).close();
  }

  @Test
  void aCrashFreesTheFile() throws Exception {
    try (OtherProcess other = OtherProcess.opening(path)) {
      PeerId id = PeerId.ofHex(other.outcome());
      other.kill();

      try (IdentityFile file = IdentityFile.open(path, random)) {
        assertEquals(id, file.identity().id());
      }
    }
  }

  @Test
  void closingTwiceFreesTheFileOnce() throws Exception {
    IdentityFile first = IdentityFile.open(path, random);
    first.close();
    try (IdentityFile second = IdentityFile.open(path, random)) {
      first.close();

      assertLocked(path);
      assertOtherProcessIsLockedOut();
      assertEquals(second.identity().id(), first.identity().id());
    }
  }

  @Test
  void otherNamesOfALockedFileAreLockedToo() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("link.pem"), path);
    Path folderLink = Files.createSymbolicLink(folder.resolve("link"), folder);
    try (IdentityFile file = IdentityFile.open(folderLink.resolve("identity.pem"), random)) {
      assertLocked(path);
      assertLocked(link);
      assertLocked(folderLink.resolve("identity.pem"));
      assertOtherProcessIsLockedOut();
      assertEquals(file.identity().id(), IdentityFile.readOrCreate(link, random).id());
    }
  }

  @Test
  void aLockThatOtherCodeOfThisProcessHoldsCountsAsLocked() throws Exception {
    Path lock = folder.resolve("identity.pem.lock");
    try (FileChannel channel =
        FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      channel.lock();

      assertLocked(path);
    }
    IdentityFile.open(path, random).close();
  }

  @Test
  void anOpenThatFailsLeavesNoLockBehind() throws Exception {
    Files.writeString(path, "damaged");
    for (int i = 0; i < 2; i++) {
      IdentityFileException damaged =
          assertThrows(IdentityFileException.class, () -> IdentityFile.open(path, random));
      assertTrue(damaged.problem() != Problem.LOCKED, damaged::getMessage);
    }
    Files.delete(path);
    IdentityFile.open(path, random).close();
  }

  private void assertLocked(Path name) {
    IdentityFileException locked =
        assertThrows(IdentityFileException.class, () -> IdentityFile.open(name, random));
    assertEquals(Problem.LOCKED, locked.problem());
    assertEquals(
        "identity file: "
            + name
            + " is in use (expected: one running node at a time);"
            + " stop the other node, or use another file",
        locked.getMessage());
  }

  private void assertOtherProcessIsLockedOut() throws Exception {
    try (OtherProcess other = OtherProcess.opening(path)) {
      String outcome = other.outcome();
      assertTrue(outcome.startsWith(Problem.LOCKED + " "), outcome);
    }
  }
}
