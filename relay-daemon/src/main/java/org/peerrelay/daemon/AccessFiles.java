package org.peerrelay.daemon;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.peerrelay.Peer;
import org.peerrelay.access.Access;
import org.peerrelay.access.AccessFileException;
import org.peerrelay.access.AccessList;
import org.peerrelay.access.AccessLists;
import org.peerrelay.access.SharedToken;

/**
 * Where lists and token are, each null if there is none. The files are read anew whenever they are
 * asked for.
 *
 * @param token the token itself, which is in no file
 */
record AccessFiles(
    @Nullable Path allow, @Nullable Path deny, @Nullable String token, @Nullable Path tokenFile) {
  /** The keys of those files that there are. */
  List<String> keys() {
    List<String> keys = new ArrayList<>();
    if (allow != null) {
      keys.add("allow");
    }
    if (deny != null) {
      keys.add("deny");
    }
    if (tokenFile != null) {
      keys.add("token-file");
    }
    return keys;
  }

  /** What the lists say. */
  AccessLists lists() throws CommandFailedException {
    AccessList denied = deny == null ? AccessList.EMPTY : list("--deny", deny);
    return new AccessLists(allow == null ? null : list("--allow", allow), denied);
  }

  private static AccessList list(String option, Path file) throws CommandFailedException {
    try {
      return AccessList.read(file);
    } catch (AccessFileException e) {
      throw unusable(option, e);
    }
  }

  /** What everybody has to show. */
  @Nullable SharedToken sharedToken() throws CommandFailedException {
    if (token != null && tokenFile != null) {
      throw new CommandFailedException(
          ExitStatus.USAGE, "--token and --token-file are both given (expected: one)");
    }
    try {
      if (token != null) {
        return SharedToken.of(token);
      }
      return tokenFile == null ? null : SharedToken.read(tokenFile);
    } catch (AccessFileException e) {
      throw unusable("--token-file", e);
    } catch (IllegalArgumentException e) {
      throw new CommandFailedException(ExitStatus.USAGE, "--token: " + e.getMessage(), e);
    }
  }

  /**
   * Has a relay go by what is in the files now; if one cannot be used, by none of it.
   *
   * @param access who may link with the relay
   * @param relay the relay, if it runs already; else null
   * @return how many connections are closed, since they are not allowed any more
   */
  int apply(Access access, @Nullable Peer relay) throws CommandFailedException {
    AccessLists lists = lists();
    SharedToken token = sharedToken();
    if (relay != null) {
      return relay.changeAccess(lists, token);
    }
    access.change(lists, token);
    return 0;
  }

  private static CommandFailedException unusable(String option, AccessFileException e) {
    return new CommandFailedException(ExitStatus.FAILED, option + ": " + e.getMessage(), e);
  }
}
