package org.gridline.console.tls;

import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Where and with which keys HTTPS is spoken (TLS 1.2 and 1.3, HTTP/2 and 1.1).
 *
 * @param certificate PEM, the server's own first, then those between it and the root
 * @param key PEM, PKCS #8, without a password
 */
public record Https(int port, Path certificate, Path key) {
  private static final List<String> PROTOCOLS = List.of("h2", "http/1.1");

  /** The keys as the files hold them now; reading fails when the listener takes them. */
  public ServerSSLOptions keys() {
    ServerSSLOptions options = new ServerSSLOptions();
    options
        .setKeyCertOptions(
            new PemKeyCertOptions().setCertPath(certificate.toString()).setKeyPath(key.toString()))
        .setUseAlpn(true)
        .setApplicationLayerProtocols(PROTOCOLS);
    return options;
  }

  /**
   * Changes when the files do, in milliseconds.
   *
   * @throws UncheckedIOException while one of them is missing
   */
  public long stamp() {
    try {
      return Math.max(
          Files.getLastModifiedTime(certificate).toMillis(),
          Files.getLastModifiedTime(key).toMillis());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
