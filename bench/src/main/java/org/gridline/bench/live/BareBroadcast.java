package org.gridline.bench.live;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.Context;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The bare peer: takes a message and sends it to every socket. One event loop a processor, each of
 * which is handed the message once and writes to its own sockets.
 */
public final class BareBroadcast extends AbstractVerticle {
  private static final List<BareBroadcast> ALL = new CopyOnWriteArrayList<>();

  private final int port;
  private final Set<ServerWebSocket> sockets = new LinkedHashSet<>();

  private BareBroadcast(int port) {
    this.port = port;
  }

  public static void main(String[] arguments) {
    int port = Integer.parseInt(arguments[0]);
    Vertx vertx = Vertx.vertx();
    vertx
        .deployVerticle(
            () -> new BareBroadcast(port),
            new DeploymentOptions().setInstances(Runtime.getRuntime().availableProcessors()))
        .await();
  }

  @Override
  public void start() {
    ALL.add(this);
    vertx
        .createHttpServer(
            new HttpServerOptions()
                .setTcpNoDelay(true)
                .setPerMessageWebSocketCompressionSupported(false)
                .setPerFrameWebSocketCompressionSupported(false))
        .webSocketHandler(this::opened)
        .requestHandler(this::asked)
        .listen(port, "127.0.0.1");
  }

  private void opened(ServerWebSocket socket) {
    sockets.add(socket);
    socket.closeHandler(v -> sockets.remove(socket));
  }

  private void asked(HttpServerRequest request) {
    if (!request.path().equals("/broadcast")) {
      request.response().end();
      return;
    }
    request.bodyHandler(
        message -> {
          Instant at = Instant.now();
          for (BareBroadcast one : ALL) one.hand(message);
          request.response().end(Long.toString(Updates.micros(at)));
        });
  }

  private void hand(Buffer message) {
    Context mine = context;
    mine.runOnContext(
        v -> {
          for (ServerWebSocket socket : sockets) socket.writeFinalBinaryFrame(message);
        });
  }
}
