package org.peerrelay.wire;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** WebSocket URLs that peers tell one another. */
public final class DialableUrl {
  private static final int MAX_HOST = 253;
  private static final int MAX_PORT = 65_535;

  /** RFC 5890, section 2.3.2.1; in any case of letters. */
  private static final Pattern PUNYCODE_LABEL = Pattern.compile("(?i)(^|\\.)xn--");

  private DialableUrl() {}

  /**
   * Whether every peer can dial {@code url}. An npm peer dials what it is told, and dies of a URL
   * that its library or Node cannot parse: with an IPv6 zone, with a host that is too long or that
   * begins like punycode and is none (so all punycode is refused), with characters beyond ASCII. A
   * browser throws at a fragment.
   */
  public static boolean isOne(String url) {
    try {
      URI uri = new URI(url);
      String scheme = uri.getScheme();
      return ("ws".equals(scheme) || "wss".equals(scheme))
          && isPlainHost(uri.getHost())
          && uri.getRawUserInfo() == null
          && uri.getRawFragment() == null
          && uri.getPort() != 0
          && uri.getPort() <= MAX_PORT
          && url.chars().allMatch(c -> c < 0x80);
    } catch (URISyntaxException notOne) {
      return false;
    }
  }

  private static boolean isPlainHost(@Nullable String host) {
    return host != null
        && host.length() <= MAX_HOST
        && host.indexOf('%') < 0
        && !PUNYCODE_LABEL.matcher(host).find();
  }
}
