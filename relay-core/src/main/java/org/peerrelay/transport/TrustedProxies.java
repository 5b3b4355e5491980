package org.peerrelay.transport;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.peerrelay.routing.AddressBlock;
import org.peerrelay.routing.AddressLiteral;

/**
 * Which proxies are believed when they say where a client is. Of all that HTTP has for that only
 * {@code X-Forwarded-For} is read: a proxy that writes one header passes on the others as its
 * client has made them up.
 *
 * @param blocks where the proxies are
 */
public record TrustedProxies(List<AddressBlock> blocks) {
  /** Nobody is believed. */
  public static final TrustedProxies NONE = new TrustedProxies(List.of());

  private static final Pattern BEFORE_PORT =
      Pattern.compile("(\\[(?<ipv6>[^]]*:[^]]*)]|(?<ipv4>[^:]*))(:(?<port>\\d{1,5}))?");

  private static final int MAX_PORT = 65_535;

  /** Copies the list. */
  public TrustedProxies {
    blocks = List.copyOf(blocks);
  }

  /** Whether who is at {@code address} is believed. */
  boolean trusts(@Nullable InetSocketAddress address) {
    InetAddress ip = address == null ? null : address.getAddress();
    return ip != null && blocks.stream().anyMatch(block -> block.contains(ip));
  }

  /**
   * Where the client of a request is. Each proxy has added at the end whom it was asked by; so the
   * last word is that of the proxy that we see, the one before it that of who is there, if that is
   * a trusted proxy too, and so on. Where no address can be read, the one who said so counts.
   *
   * @param nearest who has sent the request to us
   * @param forwardedFor the values of the header fields, which are one list
   */
  InetSocketAddress client(InetSocketAddress nearest, List<String> forwardedFor) {
    String[] asked = String.join(",", forwardedFor).split(",", -1);
    InetSocketAddress client = nearest;
    for (int i = asked.length - 1; i >= 0 && trusts(client); i--) {
      InetSocketAddress before = read(asked[i].strip());
      if (before == null) {
        break;
      }
      client = before;
    }
    return client;
  }

  /** Reads an address with or without port, which is 0 then. */
  private static @Nullable InetSocketAddress read(String text) {
    String host = text;
    int port = 0;
    Matcher parts = BEFORE_PORT.matcher(text);
    if (parts.matches()) { // else it is a bare IPv6 address, if it is any
      host = parts.group("ipv6") == null ? parts.group("ipv4") : parts.group("ipv6");
      port = parts.group("port") == null ? 0 : Integer.parseInt(parts.group("port"));
    }
    InetAddress address = AddressLiteral.parse(host);
    return address == null || port > MAX_PORT ? null : new InetSocketAddress(address, port);
  }
}
