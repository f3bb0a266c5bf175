package org.gridline.console.tls;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The plain port beside HTTPS: open to programs on this machine and to trusted proxies, which bring
 * their visitors by HTTPS themselves; everybody else is shown the other door. A password that came
 * this way is already known to the network, so what changes something is refused, not sent on.
 */
public final class PlainDoor implements Handler<HttpServerRequest> {
  private final int httpsPort;
  private final Predicate<String> trusted;
  private final Handler<HttpServerRequest> house;

  /**
   * @param trusted numeric addresses that may come in
   */
  public PlainDoor(int httpsPort, Predicate<String> trusted, Handler<HttpServerRequest> house) {
    this.httpsPort = httpsPort;
    this.trusted = trusted;
    this.house = house;
  }

  /** What a machine without our certificate must read. */
  private static boolean openToAll(@Nullable String path) {
    return path != null && (path.startsWith("/health/") || path.equals(RootCertificate.PATH));
  }

  @Override
  public void handle(HttpServerRequest request) {
    if (trusted.test(request.remoteAddress().hostAddress()) || openToAll(request.path())) {
      house.handle(request);
      return;
    }
    boolean reads =
        request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD);
    HostAndPort authority = request.authority();
    if (!reads || authority == null || !authority.host().matches("[A-Za-z0-9.:\\[\\]-]{1,253}")) {
      request
          .response()
          .setStatusCode(403)
          .putHeader("Content-Type", "text/plain; charset=utf-8")
          .putHeader("Connection", "close")
          .end("请改用 https:// · use https:// on port " + httpsPort + "\n");
      return;
    }
    String port = httpsPort == 443 ? "" : ":" + httpsPort;
    request
        .response()
        .setStatusCode(308)
        .putHeader("Location", "https://" + authority.host() + port + request.uri())
        .end();
  }
}
