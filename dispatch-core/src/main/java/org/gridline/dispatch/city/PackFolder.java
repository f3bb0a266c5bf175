package org.gridline.dispatch.city;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The files that a pack may name: its own, and boundary files of the test data. Links count as what
 * they point at, so that nobody's pack reads anything else of the machine.
 *
 * @param folder of the pack
 * @param testData the folder of the test data, whether or not it is there
 */
record PackFolder(Path folder, Path testData) {
  /** How {@code city.yaml} begins the name of a file that lies in the test data. */
  static final String TEST_DATA = "test-data:";

  /**
   * A file of the pack.
   *
   * @throws UnusablePack when it is not there
   */
  Path get(String name) {
    return find(name).orElseThrow(() -> new UnusablePack(name + " is missing"));
  }

  /** A file of the pack that it may do without. */
  Optional<Path> find(String name) {
    return inside(folder, name, "the pack");
  }

  /**
   * A boundary file: of the pack, or of the test data.
   *
   * @throws UnusablePack that says where to put a file that is not there
   */
  Path boundaries(String name) {
    if (!name.startsWith(TEST_DATA)) return get(name);
    String below = name.substring(TEST_DATA.length());
    return inside(testData, below, "the test data")
        .orElseThrow(
            () ->
                new UnusablePack(
                    name
                        + " is missing: put it at "
                        + testData.resolve(below)
                        + ", or name the folder of the test data in GRIDLINE_TEST_DATA"));
  }

  private static Optional<Path> inside(Path root, String name, String what) {
    try {
      Path file = root.resolve(name).normalize();
      if (name.isBlank() || file.equals(root) || !file.startsWith(root.normalize()))
        throw outside(name, what);
      if (!Files.isRegularFile(file)) return Optional.empty();
      if (!file.toRealPath().startsWith(root.toRealPath())) throw outside(name, what);
      return Optional.of(file);
    } catch (IOException | IllegalArgumentException e) {
      throw new UnusablePack(name + " can't be opened: " + e.getMessage());
    }
  }

  private static UnusablePack outside(String name, String what) {
    return new UnusablePack("city.yaml: " + name + " is outside " + what);
  }
}
