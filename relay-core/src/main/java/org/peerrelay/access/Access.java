package org.peerrelay.access;

import java.net.InetAddress;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Who may link with one node: all that are asked for have to say yes, the lists, the token and the
 * service. Lists and token can be changed while the node runs. Any thread.
 */
public final class Access {
  private static final int INSIDE_BYTES = 32;

  private final @Nullable AccessCallout callout;
  private final String insideToken;
  private final SharedToken inside;
  private volatile AccessLists lists;
  private volatile @Nullable SharedToken token;

  /**
   * Of these the ones that are not null.
   *
   * @param token what everybody shows
   * @param callout what is asked about everybody
   */
  public Access(AccessLists lists, @Nullable SharedToken token, @Nullable AccessCallout callout) {
    byte[] random = new byte[INSIDE_BYTES];
    new SecureRandom().nextBytes(random);
    this.insideToken = HexFormat.of().formatHex(random);
    this.inside = SharedToken.of(insideToken);
    this.lists = lists;
    this.token = token;
    this.callout = callout;
  }

  /** Everybody may come. */
  public static Access open() {
    return new Access(AccessLists.NONE, null, null);
  }

  /** From now on these count; links that there are stay. */
  public void change(AccessLists nextLists, @Nullable SharedToken nextToken) {
    lists = nextLists;
    token = nextToken;
  }

  /**
   * The token of peers that live in this process: whoever was to ask about them has been asked, so
   * with it they may always come. It is not to leave the machine.
   */
  public String insideToken() {
    return insideToken;
  }

  private boolean isInside(Newcomer who) {
    return inside.matches(who.token());
  }

  /**
   * Whether everybody at {@code address} is denied, so that no byte from there is worth reading.
   */
  public boolean denies(@Nullable InetAddress address) {
    return lists.deny().has(address);
  }

  /** Whether somebody may go on who has not said its id yet, and perhaps will not: YES, if so. */
  public AccessVerdict atDoor(Newcomer who) {
    SharedToken wanted = token;
    if (isInside(who)) {
      return AccessVerdict.YES;
    }
    if (lists.shutsOut(who.address())) {
      return AccessVerdict.NO;
    }
    return wanted == null || wanted.matches(who.token())
        ? AccessVerdict.YES
        : AccessVerdict.NO_TOKEN;
  }

  /** Whether the lists let somebody in, of whom all is known that will be. */
  public boolean isListed(Newcomer who) {
    return isInside(who) || lists.lets(who);
  }

  /**
   * Whether somebody may come in who has come through the door, or was dialed. The answer comes on
   * any thread, and at once if nobody has to be asked.
   */
  public CompletableFuture<AccessVerdict> admit(Newcomer who) {
    AccessCallout service = callout;
    boolean listed = isListed(who);
    if (!listed || service == null || who.invited() || isInside(who)) {
      return CompletableFuture.completedFuture(listed ? AccessVerdict.YES : AccessVerdict.NO);
    }
    // Lists may change while the answer is awaited.
    return service.ask(who).thenApply(said -> isListed(who) ? said : AccessVerdict.NO);
  }
}
