package org.peerrelay.bench.micro;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.peerrelay.id.PeerId;
import org.peerrelay.wire.MalformedFrameException;
import org.peerrelay.wire.UnfitDatagramException;
import org.peerrelay.wire.legacy.LegacyDatagram;
import org.peerrelay.wire.legacy.LegacyReader;
import org.peerrelay.wire.legacy.LegacyWriter;

/** A legacy datagram fresh from its author: read, and passed on. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class LegacyCodecBenchmark {
  private static final long SEED = 1;

  /** Length of the JSON string that is the payload. */
  @Param({"100", "1024"})
  int payloadBytes;

  private byte[] frame = {};
  private PeerId self = new PeerId(0, 0, 0);
  private ByteBufAllocator allocator = ByteBufAllocator.DEFAULT;

  /** Makes the datagram. */
  @Setup
  public void makeFrame() {
    Random random = new Random(SEED);
    self = PeerId.random(random);
    PeerId author = PeerId.random(random);
    frame =
        String.format(
                "{\"to\":\"%s\",\"from\":\"%s\",\"path\":[\"%s\"],\"nonce\":\"123456789012345\","
                    + "\"data\":{\"type\":\"user\",\"data\":\"%s\"}}",
                PeerId.random(random), author, author, "x".repeat(payloadBytes))
            .getBytes(StandardCharsets.US_ASCII);
  }

  /** Reads it. */
  @Benchmark
  public LegacyDatagram read() throws MalformedFrameException, UnfitDatagramException {
    return LegacyReader.read(frame);
  }

  /** Reads it and writes it for the next link. */
  @Benchmark
  public int readAndForward() throws MalformedFrameException, UnfitDatagramException {
    ByteBuf out = LegacyWriter.forward(allocator, LegacyReader.read(frame), self);
    int length = out.readableBytes();
    out.release();
    return length;
  }
}
