package org.gridline.console.http;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import java.util.Optional;
import java.util.regex.Pattern;

/** How whoever asks has reached this server, for links in answers. */
public final class SelfAddress {
  private static final Pattern HOST =
      Pattern.compile("[A-Za-z0-9.-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}]");

  private SelfAddress() {}

  /** Scheme, host and port without a slash at the end; a proxy tells them by X-Forwarded-Proto. */
  public static String of(HttpServerRequest request) {
    boolean https =
        request.isSSL() || "https".equalsIgnoreCase(request.getHeader("X-Forwarded-Proto"));
    HostAndPort authority = request.authority();
    String host = authority == null ? "" : authority.host();
    int usual = https ? 443 : 80;
    int port = authority == null ? usual : authority.port();
    String name = Optional.of(host).filter(h -> HOST.matcher(h).matches()).orElse("localhost");
    return (https ? "https://" : "http://") + name + (port <= 0 || port == usual ? "" : ":" + port);
  }
}
