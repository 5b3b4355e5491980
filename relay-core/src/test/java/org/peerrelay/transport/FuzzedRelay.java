package org.peerrelay.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.net.URI;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.peerrelay.id.Identity;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.Transit;
import org.peerrelay.overlay.DialPolicy;
import org.peerrelay.wire.FuzzLoop;
import org.peerrelay.wire.MalformedFrameException;
import org.peerrelay.wire.UnfitDatagramException;
import org.peerrelay.wire.binary.BinaryContents;
import org.peerrelay.wire.binary.Bytes32;
import org.peerrelay.wire.binary.DatagramLayout;
import org.peerrelay.wire.binary.Hello;
import org.peerrelay.wire.binary.LinkHandshake;
import org.peerrelay.wire.binary.LinkProof.Side;
import org.peerrelay.wire.legacy.LegacyReader;

/**
 * A relay with two decent neighbours, one of each format, and room for one connection that is not
 * decent at a time. Nothing may be thrown that nobody handles, no buffer be lost, nothing be left
 * of the connection afterwards, and what the neighbours get to see must be well-formed.
 *
 * <p>The relay's own random goes into the handshake of protocol 2, so that its bytes differ from
 * run to run; a failure tells all that was sent.
 */
final class FuzzedRelay implements AutoCloseable {
  private static final SecureRandom SECURE = new SecureRandom();
  private static final int MAX_TOLD_BYTES = 20_000;

  /** The key of whoever is not decent. */
  final Identity hostile = Identity.generate(SECURE);

  private final HandlerBench bench = new HandlerBench();
  private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false, true);
  private final WebSocketListener listener = new WebSocketListener(bench.host, bench.settings);
  private final FailureWatch failures = new FailureWatch();
  private final List<byte[]> said = new ArrayList<>();
  private final PeerId legacyNeighbour = PeerId.random(new Random(9));
  private final Identity binaryNeighbour = Identity.generate(SECURE);
  private final ChannelClient legacy = accepted();
  private final ChannelClient binary = accepted();

  FuzzedRelay() throws Exception {
    HostileScript decent = new HostileScript(new NeverOneIn(), true, legacyNeighbour, List.of());
    legacy.write(decent.upgrade(false));
    legacy.write(decent.message(RawClient.TEXT, decent.legacyHello()));
    binary.write(decent.upgrade(true));
    LinkHandshake handshake = handshake(Side.DIALER, binaryNeighbour);
    for (RawClient.Frame frame : heard(binary)) {
      for (byte[] answer : handshake.onFrame(frame.payload().array())) {
        binary.write(decent.message(RawClient.BINARY, answer));
      }
    }
    goOn();
    assertEquals(2, links());
  }

  /** Draws so that a script does nothing out of the way. */
  private static final class NeverOneIn extends Random {
    private static final long serialVersionUID = 1L;

    @Override
    public int nextInt(int bound) {
      return bound - 1;
    }
  }

  /** Somebody connects. */
  ChannelClient accepted() {
    return new ChannelClient(listener::onConnection, allocator);
  }

  /** The relay connects to somebody. */
  ChannelClient dialed(Dial dial) {
    WebSocketDialer dialer =
        new WebSocketDialer(
            bench.host, DialPolicy.of(null, true), new DialTokens(List.of()), ClientTls.ofJava());
    return new ChannelClient(
        channel -> dialer.fill(channel.pipeline(), dial, URI.create(dial.url()), null), allocator);
  }

  /** What a hostile {@code own} may say. */
  HostileScript script(Random random, boolean client, PeerId own) {
    List<PeerId> targets =
        List.of(bench.self, legacyNeighbour, binaryNeighbour.id(), own, PeerId.random(random));
    return new HostileScript(random, client, own, targets);
  }

  /** A handshake of protocol 2 as it should be. */
  static LinkHandshake handshake(Side side, Identity identity) {
    byte[] random = new byte[Bytes32.LENGTH];
    SECURE.nextBytes(random);
    Bytes32 key = Bytes32.of(identity.publicKey());
    String authority = side == Side.DIALER ? "relay.example:80" : null;
    Hello hello =
        new Hello(2, 2, false, key, Bytes32.of(random), null, authority, 65_536, null, false);
    return new LinkHandshake(side, identity, hello, Set.of());
  }

  /** Runs one connection from its beginning to its end, and checks what became of it all. */
  boolean survives(FuzzLoop.Execution conversation, Random random) throws Exception {
    said.clear();
    bench.events.clear();
    try {
      boolean linked = conversation.accepts(random);
      checkNeighbours();
      goOn();
      assertEquals(2, links(), "links that stayed");
      assertEquals(0, usedBytes(), "bytes in buffers that nobody released");
      failures.check();
      return linked;
    } catch (Exception | AssertionError e) {
      String all = said.stream().map(HexFormat.of()::formatHex).collect(Collectors.joining("\n"));
      String told = all.substring(0, Math.min(all.length(), MAX_TOLD_BYTES));
      throw new AssertionError(e + "\nafter these bytes:\n" + told, e);
    }
  }

  /** Sends bytes, perhaps in pieces. */
  void say(ChannelClient client, HostileScript script, byte[] bytes) {
    for (byte[] piece : script.pieces(bytes)) {
      said.add(piece);
      client.write(piece);
    }
  }

  /** Sends some datagrams, and hangs up; whether there was a link. */
  boolean talk(ChannelClient client, HostileScript script, Random random, int opcode)
      throws Exception {
    boolean linked = false;
    for (int i = random.nextInt(6); i >= 0; i--) {
      // Sometimes before the relay has decided about the link.
      if (random.nextInt(3) > 0) {
        goOn(client);
        linked |= links() > 2;
      }
      byte[] datagram =
          opcode == RawClient.TEXT ? script.legacyDatagram() : script.binaryDatagram();
      boolean control = random.nextInt(6) == 0;
      say(client, script, control ? script.control() : script.message(opcode, datagram));
    }
    goOn(client);
    linked |= links() > 2;
    client.takeFrames(); // what it says can be parsed
    client.close();
    return linked;
  }

  /** Lets the control loop and the connections do all that they have put off. */
  private void goOn(ChannelClient... clients) throws Exception {
    for (int i = 0; i < 2; i++) {
      bench.goOn();
      for (ChannelClient client : clients) {
        client.hear();
      }
      legacy.hear();
      binary.hear();
    }
  }

  /** The frames of protocol 2 that the relay has sent to {@code client} until now. */
  static List<RawClient.Frame> heard(ChannelClient client) throws Exception {
    client.hear();
    return client.takeFrames().stream()
        .filter(frame -> frame.opcode() == RawClient.BINARY)
        .toList();
  }

  private int links() {
    return bench.host.router().links().size();
  }

  private long usedBytes() {
    return allocator.metric().usedHeapMemory() + allocator.metric().usedDirectMemory();
  }

  private void checkNeighbours() throws Exception {
    assertTrue(legacy.isOpen() && binary.isOpen(), "a neighbour was disconnected");
    for (RawClient.Frame frame : legacy.takeFrames()) {
      assertEquals(0x80 | RawClient.TEXT, frame.firstByte());
      if (!frame.text().startsWith("{\"type\":\"Buffer\"")) {
        LegacyReader.read(frame.payload().array()).message();
      }
    }
    for (RawClient.Frame frame : binary.takeFrames()) {
      assertEquals(0x80 | RawClient.BINARY, frame.firstByte());
      checkBinary(frame.payload().array());
    }
  }

  /** A relay does not look into contents, so that its peers must expect any. */
  private static void checkBinary(byte[] frame) throws MalformedFrameException {
    if (frame[0] >= 0) {
      Transit header = new Transit();
      DatagramLayout.read(Unpooled.wrappedBuffer(frame), header);
      byte[] content = DatagramLayout.content(Unpooled.wrappedBuffer(frame));
      try {
        BinaryContents.read(BinaryContents.kind(header.kind), header.flags, content);
      } catch (UnfitDatagramException unfit) {
        return;
      }
    }
  }

  @Override
  public void close() {
    legacy.close();
    binary.close();
    bench.close();
    failures.close();
    assertEquals(0, usedBytes());
  }
}
