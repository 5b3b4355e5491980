package org.peerrelay.daemon.soak;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The least that a WebSocket client is, so that it keeps up with any relay: blocking, and messages
 * are written many at a time. For one thread. Whatever is read fails after half a minute.
 */
final class WireSocket implements Closeable {
  private static final int READ_TIMEOUT_MS = 30_000;
  private static final int BUFFER_BYTES = 65_536;

  private static final int OPCODE = 0x0f;
  private static final int FINAL = 0x80;
  private static final int MASKED = 0x80;
  private static final int PING = 9;
  private static final int PONG = 10;
  private static final int CLOSE = 8;

  private final Socket socket;
  private final DataInputStream in;
  private final OutputStream out;
  private final ByteArrayOutputStream pending = new ByteArrayOutputStream(BUFFER_BYTES);

  private WireSocket(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), BUFFER_BYTES));
    this.out = socket.getOutputStream();
  }

  /**
   * Connects and becomes a WebSocket.
   *
   * @param moreHeaders lines of HTTP, each with its line break
   */
  static WireSocket open(URI url, String moreHeaders) throws IOException {
    Socket socket = new Socket(url.getHost(), url.getPort());
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(READ_TIMEOUT_MS);
    WireSocket opened = new WireSocket(socket);
    String upgrade =
        """
        GET / HTTP/1.1\r
        Host: %s\r
        Upgrade: websocket\r
        Connection: Upgrade\r
        Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
        Sec-WebSocket-Version: 13\r
        %s\r
        """
            .formatted(url.getAuthority(), moreHeaders);
    opened.out.write(upgrade.getBytes(StandardCharsets.US_ASCII));
    String head = opened.readHead();
    if (!head.startsWith("HTTP/1.1 101 ")) {
      throw new IOException("answer to the upgrade: " + head + " (expected: 101)");
    }
    return opened;
  }

  private String readHead() throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) in.readUnsignedByte());
    }
    return head.toString();
  }

  /** Takes a message to send; {@link #flush} sends it. */
  void write(int opcode, byte[] payload) {
    ByteBuffer header = ByteBuffer.allocate(14).put((byte) (FINAL | opcode));
    if (payload.length < 126) {
      header.put((byte) (MASKED | payload.length));
    } else if (payload.length <= 0xffff) {
      header.put((byte) (MASKED | 126)).putShort((short) payload.length);
    } else {
      header.put((byte) (MASKED | 127)).putLong(payload.length);
    }
    header.putInt(0); // a mask that changes nothing
    pending.write(header.array(), 0, header.position());
    pending.writeBytes(payload);
  }

  /** Sends what was written. */
  void flush() throws IOException {
    pending.writeTo(out);
    pending.reset();
  }

  /** Waits for the next message, and answers pings meanwhile. */
  byte[] read() throws IOException {
    while (true) {
      int opcode = in.readUnsignedByte() & OPCODE;
      int shortLength = in.readUnsignedByte();
      long length =
          switch (shortLength) {
            case 126 -> in.readUnsignedShort();
            case 127 -> in.readLong();
            default -> shortLength;
          };
      byte[] payload = in.readNBytes(Math.toIntExact(length));
      if (opcode == CLOSE) {
        throw new IOException("close code: " + ByteBuffer.wrap(payload).getShort(0));
      }
      if (opcode < CLOSE) {
        return payload;
      }
      if (opcode == PING) {
        write(PONG, payload);
        flush();
      }
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
