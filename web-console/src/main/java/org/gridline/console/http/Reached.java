package org.gridline.console.http;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How a request has reached this server, as far as whoever brought it may be believed.
 *
 * @param scheme {@code http} or {@code https}, as the client wrote it
 * @param authority host, and port where it is not the scheme's usual one
 * @param client the client's own address, numeric
 */
public record Reached(Scheme scheme, String authority, String client) {
  private static final Pattern HOST =
      Pattern.compile("[A-Za-z0-9.-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}]");

  /** What the client's connection is protected by. */
  public enum Scheme {
    HTTP(80),
    HTTPS(443);

    private final int usualPort;

    Scheme(int usualPort) {
      this.usualPort = usualPort;
    }
  }

  /** Without anybody between. */
  static Reached directly(HttpServerRequest request) {
    return by(
        request.isSSL() ? Scheme.HTTPS : Scheme.HTTP,
        Optional.ofNullable(request.authority()),
        request.remoteAddress().hostAddress());
  }

  /** What can't be a host's name in a link becomes {@code localhost}. */
  static Reached by(Scheme scheme, Optional<HostAndPort> authority, String client) {
    Optional<HostAndPort> named = authority.filter(a -> HOST.matcher(a.host()).matches());
    int port = named.map(HostAndPort::port).orElse(-1);
    String suffix = port <= 0 || port == scheme.usualPort ? "" : ":" + port;
    return new Reached(scheme, named.map(HostAndPort::host).orElse("localhost") + suffix, client);
  }

  /** Scheme, host and port without a slash at the end, for links in answers. */
  public String address() {
    return (scheme == Scheme.HTTPS ? "https://" : "http://") + authority;
  }
}
