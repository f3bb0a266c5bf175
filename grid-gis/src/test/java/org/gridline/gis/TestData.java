package org.gridline.gis;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The folder of test data outside the repository. */
public final class TestData {
  private TestData() {}

  /** A file of the test data; without it the test is skipped, on a build server it fails. */
  public static Path get(String name) {
    Path folder =
        Optional.ofNullable(System.getenv("GRIDLINE_TEST_DATA"))
            .map(Path::of)
            .orElse(Path.of("..", "..", "shared", "data"));
    Path file = folder.resolve(name).toAbsolutePath().normalize();
    boolean there = Files.isRegularFile(file);
    String message =
        "put the test data at " + file + ", or name their folder in GRIDLINE_TEST_DATA";
    if (!there && "true".equals(System.getenv("CI"))) {
      throw new AssertionError(message);
    }
    assumeTrue(there, message);
    return file;
  }
}
