package org.gridline.console;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.gridline.console.http.Api;

/** One listener; its requests run on virtual threads. */
final class HttpFront extends VerticleBase {
  private static final int MOST_HEADER_BYTES = 16 * 1024;
  private static final int MOST_LINE_BYTES = 8 * 1024;

  /** Longer than two heartbeats of the live feed; a reader that stopped reading is cut off. */
  private static final int IDLE_SECONDS = 60;

  private static final int FINISH_SECONDS = 8;

  private final Api api;
  private final String host;
  private final int port;
  private Optional<HttpServer> server = Optional.empty();

  HttpFront(Api api, String host, int port) {
    this.api = api;
    this.host = host;
    this.port = port;
  }

  @Override
  public Future<?> start() {
    Router router = Router.router(vertx);
    api.mount(router);
    HttpServer fresh =
        vertx
            .createHttpServer(
                new HttpServerOptions()
                    .setMaxHeaderSize(MOST_HEADER_BYTES)
                    .setMaxInitialLineLength(MOST_LINE_BYTES)
                    .setHttp2ClearTextEnabled(false)
                    .setHandle100ContinueAutomatically(true)
                    .setTcpNoDelay(true)
                    .setIdleTimeout(IDLE_SECONDS)
                    .setIdleTimeoutUnit(TimeUnit.SECONDS))
            .requestHandler(router);
    server = Optional.of(fresh);
    return fresh.listen(port, host);
  }

  @Override
  public Future<?> stop() {
    return server
        .<Future<?>>map(s -> s.shutdown(FINISH_SECONDS, TimeUnit.SECONDS))
        .orElse(Future.succeededFuture());
  }
}
