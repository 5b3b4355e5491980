package org.peerrelay.daemon.interop;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import org.peerrelay.daemon.npm.NpmHost;

/** A bare connection, over which one can write what no WebSocket client lets one write. */
final class FrameSocket implements AutoCloseable {
  static final int FIN = 0x80;
  static final int CONTINUATION = 0;
  static final int TEXT = 1;
  static final int BINARY = 2;
  static final int CLOSE = 8;
  static final int PING = 9;
  static final int PONG = 10;

  private static final int OPCODE = 15;

  private static final byte[] NORMAL_CLOSURE = {3, (byte) 0xe8};
  private static final String UPGRADE =
      """
      GET / HTTP/1.1\r
      Host: relay.example\r
      Upgrade: websocket\r
      Connection: Upgrade\r
      Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
      Sec-WebSocket-Version: 13\r
      \r
      """;

  private final Socket socket = new Socket();
  private final InputStream in;
  private final OutputStream out;

  /** Connects to a port of this machine, and says nothing. */
  FrameSocket(int port) throws IOException {
    int deadlineMs = (int) NpmHost.DEADLINE.toMillis();
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(deadlineMs);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), deadlineMs);
    in = socket.getInputStream();
    out = socket.getOutputStream();
  }

  /** Becomes a WebSocket. */
  void upgrade() throws IOException {
    write(UPGRADE.getBytes(US_ASCII));
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(US_ASCII).endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        throw new AssertionError("response: " + head.toString(US_ASCII) + " (expected: all of it)");
      }
      head.write(next);
    }
    if (!head.toString(US_ASCII).startsWith("HTTP/1.1 101 ")) {
      throw new AssertionError("response: " + head.toString(US_ASCII) + " (expected: 101)");
    }
  }

  void write(byte[] bytes) throws IOException {
    out.write(bytes);
    out.flush();
  }

  void text(String text) throws IOException {
    frame(FIN | TEXT, text.getBytes(UTF_8));
  }

  /** Writes a masked frame; the first byte holds FIN, the reserved bits and the opcode. */
  void frame(int firstByte, byte[] payload) throws IOException {
    write(encode(firstByte, payload, true));
  }

  static byte[] encode(int firstByte, byte[] payload, boolean masked) {
    int mask = masked ? 0x80 : 0;
    ByteBuffer frame = ByteBuffer.allocate(14 + payload.length);
    frame.put((byte) firstByte);
    if (payload.length < 126) {
      frame.put((byte) (mask | payload.length));
    } else if (payload.length < 65_536) {
      frame.put((byte) (mask | 126)).putShort((short) payload.length);
    } else {
      frame.put((byte) (mask | 127)).putLong(payload.length);
    }
    if (masked) {
      frame.putInt(0); // A mask of zeros leaves the payload as it is.
    }
    frame.put(payload).flip();
    byte[] bytes = new byte[frame.remaining()];
    frame.get(bytes);
    return bytes;
  }

  /** Says goodbye, and waits until the other end has handled all that came before. */
  void leave() throws IOException {
    frame(FIN | CLOSE, NORMAL_CLOSURE);
    awaitEnd();
  }

  /** Waits until the other end has said goodbye or nothing more comes, and hangs up then. */
  void awaitClose() throws IOException {
    try {
      for (int first = in.read(); first >= 0 && (first & OPCODE) != CLOSE; first = in.read()) {
        in.readNBytes(length());
      }
      socket.shutdownOutput();
    } catch (SocketException reset) {
      // It did not read all that was sent before it closed.
    }
    awaitEnd();
  }

  private int length() throws IOException {
    int length = in.read();
    if (length < 126) {
      return length;
    }
    return new BigInteger(1, in.readNBytes(length == 126 ? Short.BYTES : Long.BYTES)).intValue();
  }

  /** Waits until the other end has answered by something or by hanging up, and hangs up then. */
  void awaitAnswer() throws IOException {
    try {
      in.read();
      socket.shutdownOutput();
    } catch (SocketException reset) {
      // It did not read all that was sent before it closed.
    }
    awaitEnd();
  }

  private void awaitEnd() throws IOException {
    try {
      in.transferTo(OutputStream.nullOutputStream());
    } catch (SocketException reset) {
      // As above.
    }
  }

  /** Ends the connection as a crash does. */
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
