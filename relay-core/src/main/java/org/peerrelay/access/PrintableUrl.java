package org.peerrelay.access;

import java.util.regex.Pattern;

/** What may be shown of a URL, or of what was to be one: secrets stand in many of them. */
public final class PrintableUrl {
  /** A user, who may have a password; with a mistake in it nobody knows where that ends. */
  private static final Pattern WITH_USER = Pattern.compile("(?s)^((?:ws|http)s?://)?.*@.*");

  private static final Pattern QUERY_OR_FRAGMENT = Pattern.compile("(?s)([?#]).+");

  private PrintableUrl() {}

  /** The text without query and fragment, and without all behind the scheme if a user may be. */
  public static String of(String url) {
    String userless = WITH_USER.matcher(url).replaceFirst("$1...");
    return QUERY_OR_FRAGMENT.matcher(userless).replaceFirst("$1...");
  }
}
