package org.peerrelay.wire.binary;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.peerrelay.id.PeerId;
import org.peerrelay.message.DropReason;
import org.peerrelay.message.IdRange;
import org.peerrelay.message.Message;
import org.peerrelay.message.Payload;
import org.peerrelay.message.SwarmDigest;
import org.peerrelay.message.SwarmRecord;
import org.peerrelay.message.Tag;
import org.peerrelay.wire.UnfitDatagramException;

/** The contents of the kinds that swarms use (docs/protocol.md, section 11). */
final class SwarmContents {
  private static final int COPY = 0x01;
  private static final int COMPLETE = 0x01;
  private static final int GONE = 0x01;
  private static final int MAX_AGE_S = 0xFFFF;
  private static final int RECORD_BYTES = 1 + 2 + PeerId.BYTES + MembershipCodec.BYTES;
  private static final int NEWS_BYTES = PeerId.BYTES + 8 + 1;
  private static final int SYNC_BYTES = 2 * PeerId.BYTES + 8 + 8 * SwarmDigest.BUCKETS;
  private static final int DATA_BYTES = PeerId.BYTES + 8 + Tag.BYTES;
  private static final PeerId NONE = new PeerId(0, 0, 0);

  private SwarmContents() {}

  /** The bytes that stand for {@code message}; null if it is none of a swarm. */
  static byte @Nullable [] write(Message message) {
    ByteBuf out = Unpooled.buffer();
    if (message instanceof Message.SwarmPublish publish) {
      out.writeByte(publish.copy() ? COPY : 0);
      writeRecords(out, publish.records());
    } else if (message instanceof Message.SwarmNews news) {
      IdRange complete = news.complete();
      writeId(out, news.swarm());
      out.writeLong(news.token()).writeByte(complete == null ? 0 : COMPLETE);
      if (complete != null) {
        writeId(out, complete.first());
        writeId(out, complete.last());
      }
      writeRecords(out, news.records());
    } else if (message instanceof Message.SwarmSync sync) {
      writeId(out, sync.swarm());
      writeId(out, sync.asker());
      out.writeLong(sync.token());
      for (int i = 0; i < SwarmDigest.BUCKETS; i++) {
        out.writeLong(sync.known().sum(i));
      }
    } else if (message instanceof Message.SwarmData data) {
      writeData(out, data);
    } else if (message instanceof Message.SwarmFanOut fanOut) {
      writeData(out, fanOut.data());
    } else {
      return null;
    }
    byte[] content = new byte[out.readableBytes()];
    out.readBytes(content);
    return content;
  }

  private static void writeData(ByteBuf out, Message.SwarmData data) {
    writeId(out, data.swarm());
    out.writeLong(data.channel()).writeLong(data.tag().high()).writeLong(data.tag().low());
    out.writeBytes(data.payload().toBytes());
  }

  private static void writeRecords(ByteBuf out, List<SwarmRecord> records) {
    for (SwarmRecord record : records) {
      PeerId home = record.home();
      out.writeByte(record.gone() ? GONE : 0).writeShort(Math.min(record.ageS(), MAX_AGE_S));
      writeId(out, home == null ? NONE : home);
      MembershipCodec.write(out, record.membership());
    }
  }

  static Message publish(byte[] content) throws UnfitDatagramException {
    ByteBuf in = atLeast(1, content, "swarm publish");
    boolean copy = (in.readUnsignedByte() & COPY) != 0;
    return new Message.SwarmPublish(copy, readRecords(in));
  }

  static Message news(byte[] content) throws UnfitDatagramException {
    ByteBuf in = atLeast(NEWS_BYTES, content, "swarm news");
    PeerId swarm = PointerCodec.readId(in);
    long token = in.readLong();
    boolean claims = (in.readUnsignedByte() & COMPLETE) != 0;
    if (claims && in.readableBytes() < 2 * PeerId.BYTES) {
      throw malformed("swarm news: cut short (expected: a range)");
    }
    IdRange complete =
        claims ? new IdRange(PointerCodec.readId(in), PointerCodec.readId(in)) : null;
    return new Message.SwarmNews(swarm, token, complete, readRecords(in));
  }

  private static List<SwarmRecord> readRecords(ByteBuf in) throws UnfitDatagramException {
    int count = in.readableBytes() / RECORD_BYTES;
    if (in.readableBytes() % RECORD_BYTES != 0 || count > Message.MAX_SWARM_RECORDS) {
      throw malformed(
          "swarm: %d bytes of records (expected: up to %d of %d)"
              .formatted(in.readableBytes(), Message.MAX_SWARM_RECORDS, RECORD_BYTES));
    }
    List<SwarmRecord> records = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      boolean gone = (in.readUnsignedByte() & GONE) != 0;
      int ageS = in.readUnsignedShort();
      PeerId home = PointerCodec.readId(in);
      records.add(
          new SwarmRecord(MembershipCodec.read(in), home.equals(NONE) ? null : home, ageS, gone));
    }
    return records;
  }

  static Message sync(byte[] content) throws UnfitDatagramException {
    ByteBuf in = atLeast(SYNC_BYTES, content, "swarm sync");
    PeerId swarm = PointerCodec.readId(in);
    PeerId asker = PointerCodec.readId(in);
    long token = in.readLong();
    long[] sums = new long[SwarmDigest.BUCKETS];
    for (int i = 0; i < sums.length; i++) {
      sums[i] = in.readLong();
    }
    return new Message.SwarmSync(swarm, asker, token, SwarmDigest.of(sums));
  }

  static Message.SwarmData data(boolean toAll, byte[] content) throws UnfitDatagramException {
    ByteBuf in = atLeast(DATA_BYTES, content, "swarm data");
    PeerId swarm = PointerCodec.readId(in);
    long channel = in.readLong();
    Tag tag = new Tag(in.readLong(), in.readLong());
    byte[] bytes = new byte[in.readableBytes()];
    in.readBytes(bytes);
    return new Message.SwarmData(toAll, swarm, channel, tag, Payload.bytes(bytes));
  }

  private static ByteBuf atLeast(int bytes, byte[] content, String what)
      throws UnfitDatagramException {
    if (content.length < bytes) {
      throw malformed(what + ": " + content.length + " bytes (expected: " + bytes + " or more)");
    }
    return Unpooled.wrappedBuffer(content);
  }

  private static void writeId(ByteBuf out, PeerId id) {
    out.writeLong(id.high()).writeLong(id.middle()).writeInt(id.low());
  }

  private static UnfitDatagramException malformed(String detail) {
    return new UnfitDatagramException(DropReason.MALFORMED, detail);
  }
}
