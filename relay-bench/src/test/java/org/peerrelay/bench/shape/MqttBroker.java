package org.peerrelay.bench.shape;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.MessageToMessageCodec;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttDecoder;
import io.netty.handler.codec.mqtt.MqttEncoder;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttSubscribeMessage;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.peerrelay.testing.WebSocketServer;

/**
 * A broker made of Netty's own MQTT codec, so that what we write is read by somebody else. It cuts
 * what it sends into small frames, which MQTT allows.
 */
final class MqttBroker implements AutoCloseable {
  private static final int MAX_PACKET_BYTES = 8_192;
  private static final int FRAME_BYTES = 50;

  private final Map<String, Channel> subscribers = new ConcurrentHashMap<>();
  private final WebSocketServer server;

  MqttBroker() {
    server =
        new WebSocketServer(
            connection ->
                connection.addLast(
                    new WebSocketServerProtocolHandler("/mqtt", "mqtt"),
                    new SmallFrames(),
                    MqttEncoder.INSTANCE,
                    new MqttDecoder(MAX_PACKET_BYTES),
                    new Broker()));
  }

  String url() {
    return server.url();
  }

  @Override
  public void close() {
    server.close();
  }

  private static final class SmallFrames
      extends MessageToMessageCodec<BinaryWebSocketFrame, ByteBuf> {
    @Override
    protected void encode(ChannelHandlerContext ctx, ByteBuf packet, List<Object> out) {
      while (packet.isReadable()) {
        int length = Math.min(FRAME_BYTES, packet.readableBytes());
        out.add(new BinaryWebSocketFrame(packet.readRetainedSlice(length)));
      }
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, BinaryWebSocketFrame frame, List<Object> out) {
      out.add(frame.content().retain());
    }
  }

  private final class Broker extends SimpleChannelInboundHandler<MqttMessage> {
    @Override
    protected void channelRead0(ChannelHandlerContext ctx, MqttMessage message) {
      if (message instanceof MqttConnectMessage) {
        ctx.writeAndFlush(
            MqttMessageBuilders.connAck()
                .returnCode(MqttConnectReturnCode.CONNECTION_ACCEPTED)
                .build());
      } else if (message instanceof MqttSubscribeMessage subscribe) {
        subscribers.put(
            subscribe.payload().topicSubscriptions().get(0).topicFilter(), ctx.channel());
        ctx.writeAndFlush(
            MqttMessageBuilders.subAck()
                .packetId(subscribe.variableHeader().messageId())
                .addGrantedQoses(MqttQoS.AT_MOST_ONCE)
                .build());
      } else if (message instanceof MqttPublishMessage publish) {
        Channel subscriber = subscribers.get(publish.variableHeader().topicName());
        forward(subscriber, publish);
      }
    }

    private static void forward(@Nullable Channel subscriber, MqttPublishMessage publish) {
      if (subscriber != null) {
        subscriber.writeAndFlush(publish.retain());
      }
    }
  }
}
