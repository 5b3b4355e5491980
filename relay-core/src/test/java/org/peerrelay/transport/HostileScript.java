package org.peerrelay.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.Header;
import org.peerrelay.message.Message;
import org.peerrelay.message.Payload;
import org.peerrelay.wire.Mutations;
import org.peerrelay.wire.binary.DatagramLayout;
import org.peerrelay.wire.legacy.LegacyWriter;

/**
 * What a client, or a server that was dialed, may send to a relay: decent things, damaged at random
 * on every level.
 */
final class HostileScript {
  private static final UnpooledByteBufAllocator HEAP = new UnpooledByteBufAllocator(false);

  private static final Pattern KEY = Pattern.compile("(?i)Sec-WebSocket-Key: (\\S+)\r\n");
  private static final Pattern PROTOCOL = Pattern.compile("(?i)Sec-WebSocket-Protocol: \\S+\r\n");

  private static final List<String> HEADERS =
      List.of(
          "",
          "",
          "Peer-Relay-Role: relay\r\n",
          "Peer-Relay-Role: leaf\r\n",
          "Peer-Relay-Role: \r\n",
          "Sec-WebSocket-Extensions: permessage-deflate\r\n",
          "Origin: http://example\r\n",
          "Content-Length: 3\r\n",
          "Transfer-Encoding: chunked\r\n",
          "Expect: 100-continue\r\n",
          "Sec-WebSocket-Protocol: other, peer-relay.1\r\n",
          "Host: another\r\n",
          "Upgrade: h2c\r\n");

  private static final String ACCEPT_SALT = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"; // RFC 6455, 1.3

  private final Random random;
  private final boolean client;
  private final PeerId own;
  private final List<PeerId> targets;

  /**
   * Things to say for {@code own} to or about {@code targets}.
   *
   * @param client whether it has connected, and not the relay: then it has to mask its frames
   */
  HostileScript(Random random, boolean client, PeerId own, List<PeerId> targets) {
    this.random = random;
    this.client = client;
    this.own = own;
    this.targets = targets;
  }

  private boolean oneIn(int count) {
    return random.nextInt(count) == 0;
  }

  /** The request to upgrade, damaged now and then. */
  byte[] upgrade(boolean binary) {
    String protocol = binary ? "Sec-WebSocket-Protocol: peer-relay.2\r\n" : "";
    byte[] request =
        """
        GET / HTTP/1.1\r
        Host: relay.example\r
        Upgrade: websocket\r
        Connection: Upgrade\r
        Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
        Sec-WebSocket-Version: 13\r
        %s%s\r
        """
            .formatted(protocol, oneIn(4) ? HEADERS.get(random.nextInt(HEADERS.size())) : "")
            .getBytes(StandardCharsets.US_ASCII);
    return oneIn(4) ? Mutations.of(request, random) : request;
  }

  /** The answer to a request to upgrade, damaged now and then; it agrees to what is offered. */
  byte[] agreement(String request) {
    Matcher key = KEY.matcher(request);
    Matcher protocol = PROTOCOL.matcher(request);
    byte[] response =
        """
        HTTP/1.1 101 Switching Protocols\r
        Upgrade: websocket\r
        Connection: Upgrade\r
        Sec-WebSocket-Accept: %s\r
        %s%s\r
        """
            .formatted(
                key.find() ? accept(key.group(1)) : "",
                protocol.find() ? protocol.group() : "",
                oneIn(4) ? HEADERS.get(random.nextInt(HEADERS.size())) : "")
            .getBytes(StandardCharsets.US_ASCII);
    return oneIn(4) ? Mutations.of(response, random) : response;
  }

  private static String accept(String key) {
    try {
      byte[] salted = (key + ACCEPT_SALT).getBytes(StandardCharsets.US_ASCII);
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-1").digest(salted));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-1", e);
    }
  }

  /** A message as WebSocket frames, of which any part may be damaged. */
  byte[] message(int opcode, byte[] content) {
    byte[] payload = oneIn(3) ? Mutations.of(content, random) : content;
    byte[] frames =
        oneIn(5)
            ? fragments(opcode, payload)
            : RawClient.encode(firstByte(opcode), payload, client != oneIn(50));
    return oneIn(10) ? Mutations.of(frames, random) : frames;
  }

  private int firstByte(int opcode) {
    return oneIn(30) ? random.nextInt(256) : 0x80 | opcode;
  }

  private byte[] fragments(int opcode, byte[] payload) {
    int cut = random.nextInt(payload.length + 1);
    byte[] first = RawClient.encode(opcode, Arrays.copyOf(payload, cut), client);
    byte[] between = oneIn(2) ? control() : new byte[0];
    byte[] rest =
        RawClient.encode(
            firstByte(RawClient.CONTINUATION),
            Arrays.copyOfRange(payload, cut, payload.length),
            client);
    return joined(joined(first, between), rest);
  }

  /** A ping, a pong or a close frame, not always of a decent kind. */
  byte[] control() {
    byte[] payload = new byte[oneIn(10) ? random.nextInt(300) : random.nextInt(4)];
    random.nextBytes(payload);
    return switch (random.nextInt(8)) {
      case 0 -> RawClient.encode(0x80 | RawClient.CLOSE, payload, client);
      case 1 -> RawClient.encode(0x80 | RawClient.CLOSE, new byte[] {3, (byte) 0xe8}, client);
      case 2, 3, 4 -> RawClient.encode(0x80 | RawClient.PONG, payload, client);
      default -> RawClient.encode(0x80 | RawClient.PING, payload, client);
    };
  }

  /** The first frame of a legacy link. */
  byte[] legacyHello() {
    return LegacyWriter.hello(own);
  }

  /** A legacy datagram, mostly one that may be sent. */
  byte[] legacyDatagram() {
    Message message = content();
    Header header = header(message);
    boolean relayed = oneIn(5) && message.kind() == header.kind();
    Header passedOn =
        new Header(
            header.to(), target(), header.nonce(), header.kind(), List.of(target(), target()));
    ByteBuf frame =
        relayed
            ? LegacyWriter.relay(HEAP, passedOn, message, own)
            : LegacyWriter.originate(HEAP, header, message);
    return taken(frame);
  }

  /** A protocol 2 datagram, mostly one that may be sent. */
  byte[] binaryDatagram() {
    Message message = content();
    int flags = oneIn(5) ? random.nextInt(256) : 0;
    int hops = oneIn(5) ? random.nextInt(24) : DatagramLayout.MAX_HOPS;
    return taken(DatagramLayout.frame(HEAP, header(message), flags, hops, null, message));
  }

  private Header header(Message message) {
    PeerId from = oneIn(10) ? target() : own;
    long nonce = oneIn(5) ? random.nextInt(3) : random.nextLong(Header.MAX_NONCE + 1);
    return new Header(target(), from, nonce, message.kind(), List.of());
  }

  private PeerId target() {
    return targets.get(random.nextInt(targets.size()));
  }

  private Message content() {
    List<PeerId> ids = new ArrayList<>();
    for (int i = random.nextInt(20); i > 0; i--) {
      ids.add(oneIn(2) ? target() : PeerId.random(random));
    }
    return switch (random.nextInt(10)) {
      case 0 -> new Message.FindPeers(target());
      case 1 -> new Message.FoundPeers(ids);
      case 2 -> new Message.HandshakeOffer();
      case 3 -> new Message.HandshakeAnswer(oneIn(2) ? null : "ws://192.0.2.1:8000/", oneIn(2));
      case 4 -> new Message.Signal("{\"type\":\"offer\",\"sdp\":\"v=0\"}");
      case 5 -> new Message.User(Payload.undefined());
      case 6, 7 -> new Message.User(Payload.bytes(own.toBytes()));
      default -> new Message.User(Payload.json("{\"b\": [1, {\"ü\\u2028\": \"\\ud83d\"}]}"));
    };
  }

  /** The bytes in pieces, as they may come from a socket. */
  List<byte[]> pieces(byte[] bytes) {
    if (!oneIn(3) || bytes.length == 0) {
      return List.of(bytes);
    }
    int cut = random.nextInt(bytes.length);
    return List.of(Arrays.copyOf(bytes, cut), Arrays.copyOfRange(bytes, cut, bytes.length));
  }

  private static byte[] taken(ByteBuf frame) {
    byte[] bytes = ByteBufUtil.getBytes(frame);
    frame.release();
    return bytes;
  }

  private static byte[] joined(byte[] one, byte[] other) {
    byte[] joined = Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, joined, one.length, other.length);
    return joined;
  }
}
