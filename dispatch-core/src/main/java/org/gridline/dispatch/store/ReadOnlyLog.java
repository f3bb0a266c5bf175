package org.gridline.dispatch.store;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The log for whoever only looks: connections that the database itself keeps from writing, no
 * migration, no sealer, and no key is made where there is none.
 */
public final class ReadOnlyLog {
  private final LogVerifier verifier;
  private final Anchoring anchoring;

  /** What there is to compare the blocks with. */
  public enum Anchoring {
    COMPARED,
    /** Nothing was ever anchored here. */
    NO_FILE,
    /** Without the installation's key the anchors prove nothing. */
    NO_KEY
  }

  private ReadOnlyLog(LogVerifier verifier, Anchoring anchoring) {
    this.verifier = verifier;
    this.anchoring = anchoring;
  }

  /**
   * Connects at the first question.
   *
   * @param url {@code postgresql://user:password@host:port/database}
   * @param data the data folder with {@code anchors.log} and {@code secrets/master.key}
   * @param reports texts in which lines of {@code anchors.log} were kept elsewhere
   */
  public static ReadOnlyLog open(String url, Path data, List<Path> reports) {
    Path file = data.resolve("anchors.log");
    Path secrets = data.resolve("secrets");
    Anchoring anchoring =
        !Files.exists(file) && reports.isEmpty()
            ? Anchoring.NO_FILE
            : Files.exists(secrets.resolve("master.key")) ? Anchoring.COMPARED : Anchoring.NO_KEY;
    return new ReadOnlyLog(
        new LogVerifier(
            url,
            anchoring == Anchoring.COMPARED
                ? Optional.of(() -> new AnchorFile(file, AesGcmCipher.open(secrets)).lines(reports))
                : Optional.empty()),
        anchoring);
  }

  public LogVerifier verifier() {
    return verifier;
  }

  public Anchoring anchoring() {
    return anchoring;
  }
}
