package org.gridline.console;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.gridline.console.http.Api;
import org.gridline.console.pressure.Connections;
import org.gridline.console.tls.Https;
import org.gridline.console.tls.PlainDoor;
import org.gridline.console.tls.Renewals;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Listens on the plain port and, where there are keys, on that of HTTPS; on virtual threads. */
final class HttpFront extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(HttpFront.class);
  private static final int MOST_HEADER_BYTES = 16 * 1024;
  private static final int MOST_LINE_BYTES = 8 * 1024;

  /** What clients of the live feed say is short. */
  private static final int MOST_SOCKET_BYTES = 1_024;

  /** How long the other end may take to say good-bye, so that a revoked session ends in time. */
  private static final int CLOSING_SECONDS = 1;

  /** Longer than two heartbeats of the live feed; a reader that stopped reading is cut off. */
  private static final int IDLE_SECONDS = 60;

  private static final int FINISH_SECONDS = 8;
  private static final long RENEWAL_LOOK_MILLIS = 5_000;

  private final Api api;
  private final Listen listen;
  private final List<HttpServer> servers = new ArrayList<>();

  /**
   * Where to listen.
   *
   * @param connections counts those of all listeners
   * @param renewals shared by the listeners, which share one set of keys
   * @param trusted the numeric addresses that may use the plain port although there is HTTPS
   */
  record Listen(
      String host,
      int port,
      Optional<Https> https,
      Predicate<String> trusted,
      Renewals renewals,
      Connections connections) {}

  HttpFront(Api api, Listen listen) {
    this.api = api;
    this.listen = listen;
  }

  @Override
  public Future<?> start() {
    Router router = Router.router(vertx);
    api.mount(router);
    if (listen.https().isEmpty()) return open(options(), router, listen.port());
    Https https = listen.https().get();
    Handler<HttpServerRequest> plain = new PlainDoor(https.port(), listen.trusted(), router);
    HttpServerOptions secure = options();
    secure.setSsl(true).setUseAlpn(true);
    secure.setKeyCertOptions(https.keys().getKeyCertOptions());
    Future<HttpServer> opened = open(secure, router, https.port());
    return opened
        .onSuccess(server -> vertx.setPeriodic(RENEWAL_LOOK_MILLIS, timer -> renew(server, https)))
        .compose(server -> open(options(), plain, listen.port()));
  }

  private Future<HttpServer> open(
      HttpServerOptions options, Handler<HttpServerRequest> handler, int port) {
    HttpServer server =
        vertx
            .createHttpServer(options)
            .connectionHandler(listen.connections())
            .requestHandler(handler);
    servers.add(server);
    return server.listen(port, listen.host());
  }

  private static HttpServerOptions options() {
    return new HttpServerOptions()
        .setMaxHeaderSize(MOST_HEADER_BYTES)
        .setMaxInitialLineLength(MOST_LINE_BYTES)
        .setInitialSettings(new Http2Settings().setMaxHeaderListSize(MOST_HEADER_BYTES))
        .setHttp2ClearTextEnabled(false)
        .setHandle100ContinueAutomatically(true)
        .setWebSocketClosingTimeout(CLOSING_SECONDS)
        .setMaxWebSocketFrameSize(MOST_SOCKET_BYTES)
        .setMaxWebSocketMessageSize(MOST_SOCKET_BYTES)
        // A window for each of 15,000 sockets would cost more than it saves.
        .setPerMessageWebSocketCompressionSupported(false)
        .setPerFrameWebSocketCompressionSupported(false)
        .setTcpNoDelay(true)
        .setIdleTimeout(IDLE_SECONDS)
        .setIdleTimeoutUnit(TimeUnit.SECONDS);
  }

  /** Certificates live for weeks; a new one is taken without a restart. */
  private void renew(HttpServer server, Https https) {
    try {
      if (!listen.renewals().due(https)) return;
      // By force: the names of the files are the same.
      server.updateSSLOptions(https.keys(), true).await();
      LOG.info("the certificate has been renewed");
    } catch (Exception e) {
      // Perhaps half written: connections go on with the old one, and the next look tries again.
      LOG.error("the new certificate can't be used: {}", e.getClass().getSimpleName());
      listen.renewals().again();
    }
  }

  @Override
  public Future<?> stop() {
    return Future.join(
        servers.stream().map(s -> s.shutdown(FINISH_SECONDS, TimeUnit.SECONDS)).toList());
  }
}
