package org.peerrelay.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.peerrelay.id.PeerId;

class AccessListsTest {
  private static final String ALICE = "aa".repeat(20);

  @TempDir private Path folder;

  private AccessList list(String entries) throws IOException, AccessFileException {
    return AccessList.read(
        Files.writeString(
            folder.resolve("list"), entries.replace(' ', '\n').replace("alice", ALICE)));
  }

  private AccessLists lists(@Nullable String allow, @Nullable String deny) throws Exception {
    return new AccessLists(
        allow == null ? null : list(allow), deny == null ? AccessList.EMPTY : list(deny));
  }

  private static Newcomer alice(String address, boolean legacy, boolean invited)
      throws IOException {
    return new Newcomer(
        PeerId.ofHex(ALICE), InetAddress.getByName(address), legacy, false, null, invited);
  }

  /** Alice is at 192.0.2.1. */
  @ParameterizedTest
  @CsvSource({
    // allow,     deny,         proven, claimed, invited
    ",             ,            true,   true,    true",
    "alice,        ,            true,   false,   true",
    "192.0.2.0/24, ,            true,   true,    true",
    "198.51.100.7, ,            false,  false,   true",
    "'',           ,            false,  false,   true",
    ",             alice,       false,  false,   false",
    ",             192.0.2.1,   false,  false,   false",
    ",             192.0.2.2,   true,   true,    true",
    "alice,        192.0.2.1,   false,  false,   false",
    "192.0.2.1,    alice,       false,  false,   false",
    "alice,        0.0.0.0/0,   false,  false,   false",
  })
  void whoeverIsDeniedIsOutAndWhoeverIsNotAllowedToo(
      @Nullable String allow,
      @Nullable String deny,
      boolean proven,
      boolean claimed,
      boolean invited)
      throws Exception {
    AccessLists lists = lists(allow, deny);
    assertEquals(proven, lists.lets(alice("192.0.2.1", false, false)), "proven");
    assertEquals(claimed, lists.lets(alice("192.0.2.1", true, false)), "claimed");
    assertEquals(invited, lists.lets(alice("192.0.2.1", false, true)), "invited");
  }

  @Test
  void anAddressIsShutOutWhenNoIdCouldLetItIn() throws Exception {
    InetAddress address = InetAddress.getByName("192.0.2.1");
    assertFalse(AccessLists.NONE.shutsOut(address));
    assertFalse(lists("192.0.2.1", null).shutsOut(address));
    assertTrue(lists("192.0.2.2", null).shutsOut(address));
    assertFalse(lists("192.0.2.2 alice", null).shutsOut(address));
    assertTrue(lists("192.0.2.2 alice", "192.0.2.1").shutsOut(address));
    assertTrue(lists("192.0.2.2", null).shutsOut(null));
  }

  @Test
  void whoCameThroughADoorThatIsOpenHasShownTheInsideTokenOrIsListed() throws Exception {
    Access access =
        new Access(lists("192.0.2.2", null), SharedToken.of("a-long-enough-token"), null);
    InetAddress listed = InetAddress.getByName("192.0.2.2");
    InetAddress other = InetAddress.getByName("192.0.2.3");
    String inside = access.insideToken();
    assertEquals(AccessVerdict.YES, access.atDoor(Newcomer.unnamed(other, inside)));
    assertEquals(AccessVerdict.YES, access.admit(Newcomer.unnamed(other, inside)).join());
    assertEquals(AccessVerdict.YES, access.atDoor(Newcomer.unnamed(listed, "a-long-enough-token")));
    assertEquals(
        AccessVerdict.NO_TOKEN, access.atDoor(Newcomer.unnamed(listed, "a-long-enough-tokem")));
    assertEquals(AccessVerdict.NO_TOKEN, access.atDoor(Newcomer.unnamed(listed, null)));
    assertEquals(AccessVerdict.NO, access.atDoor(Newcomer.unnamed(other, "a-long-enough-token")));
    access.change(AccessLists.NONE, null);
    assertEquals(AccessVerdict.YES, access.atDoor(Newcomer.unnamed(other, null)));
  }
}
