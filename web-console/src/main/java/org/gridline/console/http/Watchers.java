package org.gridline.console.http;

import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;

/**
 * Who may read measures and the details of health: programs on this machine, and whoever shows the
 * token that an operator has put into {@code DATA/secrets/metrics.token}. Without that file nobody
 * from elsewhere. The file is read again each time, so a new token holds at once. Thread-safe.
 */
public final class Watchers {
  private static final int LEAST_TOKEN = 32;
  private static final int MOST_BYTES = 1_024;
  private static final String BEARER = "bearer ";

  /** A proxy on this machine makes every visitor look local; what it forwards is not. */
  private static final List<String> FORWARDED =
      List.of("X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Forwarded", "Via");

  private final Path file;

  /**
   * @param secrets the folder of this installation's secrets
   */
  public Watchers(Path secrets) {
    this.file = secrets.resolve("metrics.token");
  }

  boolean admits(Call call) {
    boolean forwarded = FORWARDED.stream().anyMatch(h -> call.header(h).isPresent());
    return (!forwarded && local(call.request().remoteAddress())) || shows(call);
  }

  private boolean shows(Call call) {
    Optional<String> sent =
        call.header("Authorization")
            .filter(h -> h.regionMatches(true, 0, BEARER, 0, BEARER.length()))
            .map(h -> h.substring(BEARER.length()).strip());
    return sent.isPresent()
        && token()
            .filter(
                t ->
                    MessageDigest.isEqual(
                        t.getBytes(StandardCharsets.UTF_8),
                        sent.get().getBytes(StandardCharsets.UTF_8)))
            .isPresent();
  }

  private Optional<String> token() {
    try {
      if (!Files.isRegularFile(file) || Files.size(file) > MOST_BYTES) return Optional.empty();
      return Optional.of(Files.readString(file).strip()).filter(t -> t.length() >= LEAST_TOKEN);
    } catch (IOException e) {
      // Not readable, or being replaced at this moment: nobody from elsewhere.
      return Optional.empty();
    }
  }

  private static boolean local(SocketAddress address) {
    try {
      return InetAddress.getByName(address.hostAddress()).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
