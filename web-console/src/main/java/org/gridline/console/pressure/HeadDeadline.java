package org.gridline.console.pressure;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.ScheduledFuture;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.VertxConnection;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Hangs up on whoever sends a request's head too slowly (Slowloris): a byte now and then keeps a
 * connection from being idle for ever. Of HTTP/1.1 only; HTTP/2 holds all streams of a client in
 * one connection. Vert.x has no such limit of its own. Runs on the connection's event loop.
 */
final class HeadDeadline {
  static final int SECONDS = 15;

  /** Vert.x's name of the decoder in the pipeline of an HTTP/1 connection. */
  private static final String DECODER = "httpDecoder";

  private boolean betweenRequests = true;
  private long heads;
  private Optional<ScheduledFuture<?>> running = Optional.empty();

  private HeadDeadline() {}

  static void watch(HttpConnection connection) {
    if (!(connection instanceof VertxConnection opened)) return;
    ChannelPipeline pipeline = opened.channel().pipeline();
    if (pipeline.get(DECODER) == null) return;
    HeadDeadline deadline = new HeadDeadline();
    pipeline.addBefore(DECODER, "headBegins", deadline.begins());
    pipeline.addAfter(DECODER, "headEnds", deadline.ends());
  }

  private ChannelHandler begins() {
    return new ChannelInboundHandlerAdapter() {
      @Override
      public void channelRead(ChannelHandlerContext context, Object bytes) {
        long before = heads;
        context.fireChannelRead(bytes);
        if (context.pipeline().get(DECODER) == null) {
          // It has become a WebSocket.
          stop();
          context.pipeline().remove(this);
          return;
        }
        if (heads == before && betweenRequests && running.isEmpty()) begin(context);
      }

      @Override
      public void channelInactive(ChannelHandlerContext context) {
        stop();
        context.fireChannelInactive();
      }
    };
  }

  private ChannelHandler ends() {
    return new ChannelInboundHandlerAdapter() {
      @Override
      public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest) {
          stop();
          heads++;
          betweenRequests = false;
        }
        // What comes next is another request, even in the same packet.
        if (message instanceof LastHttpContent) betweenRequests = true;
        context.fireChannelRead(message);
      }
    };
  }

  private void begin(ChannelHandlerContext context) {
    // Whole heads come in one piece nearly always, so few requests ever start a timer.
    running =
        Optional.of(context.executor().schedule(() -> hangUp(context), SECONDS, TimeUnit.SECONDS));
  }

  private static void hangUp(ChannelHandlerContext context) {
    var _ = context.close();
  }

  private void stop() {
    running.ifPresent(timer -> timer.cancel(false));
    running = Optional.empty();
  }
}
