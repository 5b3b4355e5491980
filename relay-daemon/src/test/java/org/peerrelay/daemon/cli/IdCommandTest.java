package org.peerrelay.daemon.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peerrelay.id.IdentityFile;

class IdCommandTest {
  @TempDir Path folder;

  @Test
  void theIdStaysTheSame() {
    String file = folder.resolve("identity.pem").toString();
    String id = Run.of("id", "--identity", file).result();
    assertTrue(id.matches("[0-9a-f]{40}"), id);
    assertEquals(id, Run.of("id", "--identity", file).result());
    assertEquals("{\"id\":\"" + id + "\"}", Run.of("id", "--identity", file, "--json").result());
  }

  @Test
  void theDefaultFileIsInTheStateFolder() throws IOException {
    String id = Run.in(Map.of("XDG_STATE_HOME", folder.toString()), "id").result();
    Path file = folder.resolve("peer-relay/identity.pem");
    assertEquals(id, IdentityFile.readOrCreate(file, new SecureRandom()).id().hex());
  }

  @Test
  void withoutAStateFolderItIsUnderTheHomeFolder() {
    Run.in(Map.of("XDG_STATE_HOME", "relative", "HOME", folder.toString()), "id").result();
    assertTrue(Files.exists(folder.resolve(".local/state/peer-relay/identity.pem")));
  }

  @Test
  void aFileInUseIsRead() throws IOException {
    Path file = folder.resolve("identity.pem");
    try (IdentityFile held = IdentityFile.open(file, new SecureRandom())) {
      assertEquals(
          held.identity().id().hex(), Run.of("id", "--identity", file.toString()).result());
    }
  }

  @Test
  void aDamagedFileIsToldInOneLine() throws IOException {
    Path file = folder.resolve("identity.pem");
    Run.of("id", "--identity", file.toString()).result();
    Files.writeString(file, "junk");
    String failure = Run.of("id", "--identity", file.toString()).failure(1);
    assertTrue(failure.startsWith("identity file: " + file + " is damaged"), failure);
  }
}
