package org.gridline.console.tls;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gridline.console.http.Answer;
import org.gridline.console.http.Endpoint;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;

/** What a phone installs to trust this house, where it has an authority of its own. */
public final class RootCertificate {
  static final String PATH = "/ca.crt";

  private final Optional<Path> file;

  public RootCertificate(Optional<Path> file) {
    this.file = file;
  }

  public List<Endpoint> endpoints() {
    return List.of(Endpoint.get(PATH, call -> show()).with(Endpoint.Access.OPEN));
  }

  private Answer show() {
    Path root =
        file.orElseThrow(
            () -> new Failure(FailureCode.NOT_FOUND, "本系统不用自建证书 · no authority of its own"));
    try {
      return new Answer.Full(
          200,
          "application/x-x509-ca-cert",
          Files.readAllBytes(root),
          Map.of("Content-Disposition", "attachment; filename=\"gridline-ca.crt\""));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
