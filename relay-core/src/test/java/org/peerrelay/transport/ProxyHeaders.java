package org.peerrelay.transport;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Headers of the PROXY protocol, version 2, right ones and wrong ones. */
final class ProxyHeaders {
  static final int PROXY = 0x21;
  static final int LOCAL = 0x20;
  static final int TCP_IPV4 = 0x11;
  static final int TCP_IPV6 = 0x21;

  private static final byte[] SIGNATURE =
      "\r\n\r\n\0\r\nQUIT\n".getBytes(StandardCharsets.US_ASCII);

  private ProxyHeaders() {}

  /** A header whose length is that of {@code rest}. */
  static byte[] header(int command, int family, byte[] rest) {
    return ByteBuffer.allocate(SIGNATURE.length + 4 + rest.length)
        .put(SIGNATURE)
        .put((byte) command)
        .put((byte) family)
        .putShort((short) rest.length)
        .put(rest)
        .array();
  }

  /** What a proxy says of a client, with further bytes behind. */
  static byte[] of(String client, int port, int moreBytes) {
    byte[] rest = addresses(client, port, moreBytes);
    return header(PROXY, rest.length - moreBytes == 12 ? TCP_IPV4 : TCP_IPV6, rest);
  }

  /** Both addresses of a connection to port 443, and room behind. */
  static byte[] addresses(String client, int port, int moreBytes) {
    try {
      byte[] source = InetAddress.getByName(client).getAddress();
      return ByteBuffer.allocate(2 * (source.length + Short.BYTES) + moreBytes)
          .put(source)
          .put(new byte[source.length])
          .putShort((short) port)
          .putShort((short) 443)
          .array();
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }
}
