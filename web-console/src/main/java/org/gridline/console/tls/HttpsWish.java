package org.gridline.console.tls;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.gridline.dispatch.city.City;

/**
 * What the command line says of HTTPS.
 *
 * @param own certificate and key of the city; absent for those of a local authority, which only a
 *     sample city may do with
 */
public record HttpsWish(int port, Optional<Own> own) {
  /** The folder below the data folder where a local authority is kept. */
  private static final String FOLDER = "tls";

  /** PEM files. */
  public record Own(Path certificate, Path key) {}

  /**
   * The keys to be used.
   *
   * @throws IllegalStateException when a real city brings none, or kept ones can't be read
   */
  public Https keys(City.Kind kind, Path data, Instant now) {
    return own.map(o -> new Https(port, o.certificate(), o.key()))
        .orElseGet(
            () ->
                switch (kind) {
                  case SAMPLE ->
                      new LocalAuthority(data.resolve(FOLDER))
                          .keys(port, SubjectNames.ofThisMachine(), now);
                  case REAL ->
                      throw new IllegalStateException(
                          "a real city's HTTPS wants --certificate and --key");
                });
  }

  /** The certificate that phones install, where there is a local authority. */
  public Optional<Path> root(Path data) {
    return own.isPresent() ? Optional.empty() : Optional.of(data.resolve(FOLDER).resolve("ca.crt"));
  }
}
