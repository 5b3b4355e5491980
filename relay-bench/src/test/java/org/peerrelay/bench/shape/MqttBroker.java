package org.peerrelay.bench.shape;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.MessageToMessageCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
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
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A broker made of Netty's own MQTT codec, so that what we write is read by somebody else. It cuts
 * what it sends into small frames, which MQTT allows.
 */
final class MqttBroker implements AutoCloseable {
  private static final int MAX_HTTP_BYTES = 8_192;
  private static final int FRAME_BYTES = 50;

  private final EventLoopGroup group =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final Map<String, Channel> subscribers = new ConcurrentHashMap<>();
  private final Channel listening;

  MqttBroker() {
    listening =
        new ServerBootstrap()
            .group(group)
            .channel(NioServerSocketChannel.class)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    channel
                        .pipeline()
                        .addLast(
                            new HttpServerCodec(),
                            new HttpObjectAggregator(MAX_HTTP_BYTES),
                            new WebSocketServerProtocolHandler("/mqtt", "mqtt"),
                            new SmallFrames(),
                            MqttEncoder.INSTANCE,
                            new MqttDecoder(MAX_HTTP_BYTES),
                            new Broker());
                  }
                })
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .syncUninterruptibly()
            .channel();
  }

  String url() {
    return "ws://127.0.0.1:" + ((InetSocketAddress) listening.localAddress()).getPort();
  }

  @Override
  public void close() {
    group.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
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
