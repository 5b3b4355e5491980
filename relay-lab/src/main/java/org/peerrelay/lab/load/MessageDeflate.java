package org.peerrelay.lab.load;

import io.netty.buffer.ByteBuf;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * Compression of messages as {@code permessage-deflate} has it (RFC 7692, section 7.2). Holds
 * native memory until it is closed.
 */
final class MessageDeflate implements AutoCloseable {
  /** What every flush of deflate ends with, and the wire leaves out. */
  private static final byte[] FLUSH_END = {0, 0, (byte) 0xff, (byte) 0xff};

  private static final int MARGIN = 64;

  private final Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
  private final Inflater inflater = new Inflater(true);
  private final boolean keepsContext;
  private byte[] scratch = new byte[1_024];

  /**
   * With nothing learned yet.
   *
   * @param keepsContext whether messages may refer to those before them
   */
  MessageDeflate(boolean keepsContext) {
    this.keepsContext = keepsContext;
  }

  /** Replaces the content of {@code frame} by its compressed form. */
  void compress(FrameBuffer frame) {
    if (!keepsContext) {
      deflater.reset();
    }
    deflater.setInput(frame.bytes(), frame.contentOffset(), frame.contentLength());
    // Room for what cannot be compressed, so that one call always takes it all.
    int room = frame.contentLength() + frame.contentLength() / 8 + MARGIN;
    if (scratch.length < room) {
      scratch = new byte[room];
    }
    int length = deflater.deflate(scratch, 0, scratch.length, Deflater.SYNC_FLUSH);
    frame.clear().put(scratch, 0, length - FLUSH_END.length);
  }

  /**
   * Writes the original of a compressed message to {@code out}.
   *
   * @throws DataFormatException if it is not what deflate makes
   */
  void decompress(ByteBuf in, int index, int length, ByteBuf out) throws DataFormatException {
    byte[] compressed = new byte[length + FLUSH_END.length];
    in.getBytes(index, compressed, 0, length);
    System.arraycopy(FLUSH_END, 0, compressed, length, FLUSH_END.length);
    inflater.setInput(compressed);
    for (int n = inflater.inflate(scratch); n > 0; n = inflater.inflate(scratch)) {
      out.writeBytes(scratch, 0, n);
    }
  }

  @Override
  public void close() {
    deflater.end();
    inflater.end();
  }
}
