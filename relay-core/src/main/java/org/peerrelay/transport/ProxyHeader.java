package org.peerrelay.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.CorruptedFrameException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;

/**
 * Takes the header of the PROXY protocol, version 2, by which a trusted proxy may tell at the
 * beginning of a connection where its client is. It stands before all other handlers, TLS included,
 * and leaves as soon as the header has come, or anything else. The handshake deadline holds here
 * too.
 */
final class ProxyHeader extends ByteToMessageDecoder {
  /**
   * How many bytes may follow the fixed part. Addresses take 216 at most; what else proxies tell,
   * such as the names in a client's certificate, is read over.
   */
  static final int MAX_BYTES = 2_048;

  private static final byte[] SIGNATURE = {13, 10, 13, 10, 0, 13, 10, 'Q', 'U', 'I', 'T', 10};
  private static final int FIXED_BYTES = 16;

  /** Version and command: the proxy speaks for itself, or for a client. */
  private static final int LOCAL = 0x20;

  private static final int PROXY = 0x21;

  /** Family and transport of what follows. */
  private static final int TCP_IPV4 = 0x11;

  private static final int TCP_IPV6 = 0x21;

  private static final int IPV4_BYTES = 4;
  private static final int IPV6_BYTES = 16;

  private final LinkHost host;

  /** For one connection, which may have to go when its client is known. */
  ProxyHeader(LinkHost host) {
    this.host = host;
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
    if (!begins(in)) {
      ctx.pipeline().remove(this);
      return;
    }
    try {
      if (isWhole(in)) {
        take(ctx, in);
        if (mayStay(ctx.channel())) {
          ctx.pipeline().remove(this);
        } else {
          in.skipBytes(in.readableBytes());
          ctx.close();
        }
      }
    } catch (CorruptedFrameException e) {
      in.skipBytes(in.readableBytes()); // Nobody behind is to make something else of it.
      throw e;
    }
  }

  private boolean mayStay(Channel channel) {
    return !host.denies(channel) && host.admission().admit(channel, System.nanoTime()) == null;
  }

  /** Whether what has come is the signature, or the beginning of it. */
  private static boolean begins(ByteBuf in) {
    int compared = Math.min(SIGNATURE.length, in.readableBytes());
    for (int i = 0; i < compared; i++) {
      if (in.getByte(in.readerIndex() + i) != SIGNATURE[i]) {
        return false;
      }
    }
    return true;
  }

  private static boolean isWhole(ByteBuf in) {
    if (in.readableBytes() < FIXED_BYTES) {
      return false;
    }
    int length = in.getUnsignedShort(in.readerIndex() + FIXED_BYTES - Short.BYTES);
    if (length > MAX_BYTES) {
      throw malformed("length", length);
    }
    return in.readableBytes() >= FIXED_BYTES + length;
  }

  private static void take(ChannelHandlerContext ctx, ByteBuf in) {
    in.skipBytes(SIGNATURE.length);
    int command = in.readUnsignedByte();
    int family = in.readUnsignedByte();
    ByteBuf rest = in.readSlice(in.readUnsignedShort());
    if (command == PROXY && family == TCP_IPV4) {
      ClientAddress.name(ctx.channel(), source(rest, IPV4_BYTES));
    } else if (command == PROXY && family == TCP_IPV6) {
      ClientAddress.name(ctx.channel(), source(rest, IPV6_BYTES));
    } else if (command != PROXY && command != LOCAL) {
      throw malformed("version and command", command);
    }
  }

  /** Both addresses come first, then both ports. */
  private static InetSocketAddress source(ByteBuf rest, int addressBytes) {
    if (rest.readableBytes() < 2 * (addressBytes + Short.BYTES)) {
      throw malformed("length", rest.readableBytes());
    }
    byte[] address = new byte[addressBytes];
    rest.readBytes(address).skipBytes(addressBytes);
    try {
      return new InetSocketAddress(InetAddress.getByAddress(address), rest.readUnsignedShort());
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException("an address has 4 or 16 bytes", impossible);
    }
  }

  private static CorruptedFrameException malformed(String field, int value) {
    return new CorruptedFrameException("PROXY header: " + field + " " + value);
  }
}
