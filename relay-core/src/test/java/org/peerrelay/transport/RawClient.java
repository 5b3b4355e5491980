package org.peerrelay.transport;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.cert.Certificate;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.peerrelay.id.PeerId;

/**
 * A WebSocket client made of a bare socket, which can do everything that a decent one cannot. Every
 * read fails after a generous time.
 */
public final class RawClient implements AutoCloseable {
  static final int CONTINUATION = 0;
  static final int TEXT = 1;
  static final int BINARY = 2;
  static final int CLOSE = 8;
  static final int PING = 9;
  static final int PONG = 10;

  private static final int READ_TIMEOUT_MS = 20_000;
  private static final int DRIP_MS = 20;

  /** The upgrade, to which more header lines may come, and an empty one. */
  static final String UPGRADE =
      """
      GET / HTTP/1.1\r
      Host: relay.example\r
      Upgrade: websocket\r
      Connection: Upgrade\r
      Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
      Sec-WebSocket-Version: 13\r
      """;

  /** One WebSocket frame. */
  record Frame(int firstByte, ByteBuffer payload) {
    int opcode() {
      return firstByte & 15;
    }

    String text() {
      return StandardCharsets.UTF_8.decode(payload.duplicate()).toString();
    }
  }

  private final Socket socket;
  private final DataInputStream in;
  private final OutputStream out;

  private RawClient(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new DataInputStream(socket.getInputStream());
    this.out = socket.getOutputStream();
  }

  /** Connects, and says nothing yet. */
  static RawClient connect(InetSocketAddress address) throws IOException {
    Socket socket = new Socket();
    // Small, so that a relay notices early when nobody reads.
    socket.setReceiveBufferSize(16_384);
    socket.setTcpNoDelay(true);
    socket.connect(address, READ_TIMEOUT_MS);
    socket.setSoTimeout(READ_TIMEOUT_MS);
    return new RawClient(socket);
  }

  /** As {@link #connect}, by TLS; the handshake is over. */
  static RawClient connectSecurely(InetSocketAddress address, SSLContext tls) throws IOException {
    return connect(address).secure(tls);
  }

  /** The same connection, by TLS from now on; the handshake is over. */
  RawClient secure(SSLContext tls) throws IOException {
    InetSocketAddress address = (InetSocketAddress) socket.getRemoteSocketAddress();
    String host = address.getAddress().getHostAddress();
    SSLSocket above =
        (SSLSocket) tls.getSocketFactory().createSocket(socket, host, address.getPort(), true);
    above.startHandshake();
    return new RawClient(above);
  }

  /** The certificates that the other end has shown. */
  Certificate[] shown() throws IOException {
    return ((SSLSocket) socket).getSession().getPeerCertificates();
  }

  /** Has TLS 1.3 change its keys, by a record that brings the other end nothing to read. */
  void changeKeys() throws IOException {
    ((SSLSocket) socket).startHandshake();
  }

  /** Connects and becomes a WebSocket. */
  static RawClient webSocket(InetSocketAddress address) throws IOException {
    return connect(address).becomeWebSocket();
  }

  private RawClient becomeWebSocket() throws IOException {
    String response = upgrade("");
    assertTrue(response.startsWith("HTTP/1.1 101 "), response);
    return this;
  }

  /** Connects and becomes a link of {@code id}; returns when the relay's id has come. */
  public static RawClient link(InetSocketAddress address, PeerId id) throws IOException {
    return connect(address).becomeLink(id);
  }

  /** Becomes a link of {@code id}; returns when the relay's id has come. */
  RawClient becomeLink(PeerId id) throws IOException {
    becomeWebSocket();
    hello(id);
    assertTrue(readText().startsWith("{\"type\":\"Buffer\""));
    return this;
  }

  /** Asks for the upgrade, with more header lines; returns the head of the response. */
  String upgrade(String moreHeaders) throws IOException {
    write(UPGRADE + moreHeaders + "\r\n");
    return readHead();
  }

  void write(String text) throws IOException {
    write(text.getBytes(StandardCharsets.UTF_8));
  }

  void write(byte[] bytes) throws IOException {
    out.write(bytes);
    out.flush();
  }

  void hello(PeerId id) throws IOException {
    text('"' + id.hex() + '"');
  }

  public void text(String text) throws IOException {
    frame(0x80 | TEXT, text.getBytes(StandardCharsets.UTF_8));
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
      frame.putInt(0);
    }
    frame.put(payload).flip();
    byte[] bytes = new byte[frame.remaining()];
    frame.get(bytes);
    return bytes;
  }

  /** The next frame, or null if the connection has ended. */
  @Nullable Frame read() throws IOException {
    try {
      int firstByte = in.readUnsignedByte();
      int length = in.readUnsignedByte();
      long size = length == 126 ? in.readUnsignedShort() : length == 127 ? in.readLong() : length;
      byte[] payload = new byte[(int) size];
      in.readFully(payload);
      return new Frame(firstByte, ByteBuffer.wrap(payload));
    } catch (EOFException | SocketException end) {
      return null;
    }
  }

  /** The next text frame, all others passed over. */
  public String readText() throws IOException {
    for (Frame frame = read(); frame != null; frame = read()) {
      if (frame.opcode() == TEXT) {
        return frame.text();
      }
    }
    throw new AssertionError("the connection has ended (expected: a text frame)");
  }

  /** The next message of a user, all else passed over. */
  public String readUser() throws IOException {
    String text = readText();
    while (!text.contains("{\"type\":\"user\"")) {
      text = readText();
    }
    return text;
  }

  /** Reads up to the close frame, hangs up, and awaits the end; the code, or 0 if none came. */
  int readCloseCode() throws IOException {
    int code = 0;
    for (Frame frame = read(); frame != null; frame = read()) {
      if (frame.opcode() == CLOSE && code == 0) {
        code = frame.payload().getShort(0);
        socket.shutdownOutput();
      }
    }
    return code;
  }

  /** Says that nothing more comes; with TLS in its own words, while the socket stays as it is. */
  void endOutput() throws IOException {
    socket.shutdownOutput();
  }

  /** Reads on until the relay closes the connection, and returns what came, as text. */
  String readToEnd() throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try {
      in.transferTo(all);
    } catch (SocketException reset) {
      // The relay did not read all that was sent before it closed.
    }
    return all.toString(StandardCharsets.UTF_8);
  }

  /** Sends pings as fast as it goes and never reads an answer, until the relay hangs up. */
  void pingWithoutReadingUntilClosed() throws IOException {
    byte[] pings = encode(0x80 | PING, new byte[100], true);
    long endNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(READ_TIMEOUT_MS);
    try {
      while (System.nanoTime() - endNs < 0) {
        write(pings);
      }
    } catch (SocketException closed) {
      return;
    }
    throw new AssertionError("still connected (expected: the relay hangs up)");
  }

  /** Writes one byte now and then, for as long as the relay puts up with that. */
  void dripUntilClosed(byte drop) throws IOException {
    socket.setSoTimeout(DRIP_MS);
    long endNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(READ_TIMEOUT_MS);
    while (System.nanoTime() - endNs < 0) {
      try {
        write(new byte[] {drop});
        while (in.read() >= 0) {
          // Whatever it says.
        }
        return;
      } catch (SocketTimeoutException stillOpen) {
        // The next drop.
      } catch (IOException closed) {
        return;
      }
    }
    throw new AssertionError("still connected (expected: the relay hangs up)");
  }

  String readHead() throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.UTF_8).endsWith("\r\n\r\n")) {
      int next = in.read();
      assertTrue(next >= 0, () -> "the connection ended after: " + head);
      head.write(next);
    }
    return head.toString(StandardCharsets.UTF_8);
  }

  /** Ends the connection with a reset, as a crash does. */
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
