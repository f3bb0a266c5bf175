package org.gridline.gis.kept;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.gridline.gis.owner.OwnerGrid;
import org.gridline.gis.owner.OwnerGridBuilder;
import org.gridline.gis.owner.TooManyEdges;

/**
 * A folder that keeps built grids from one start to the next: a district's takes a second of
 * processor to build in a cold program, and 30 milliseconds to read. What decides a grid is in its
 * file's name and in the file, so a kept one is of exactly these edges or is not taken. The folder
 * may be deleted at any time. For any number of threads and processes.
 */
public final class KeptGrids {
  private static final String ENDING = ".grid";
  private static final String UNFINISHED = ".new";

  /** Nobody writes one for so long: whoever did was killed. */
  private static final Duration ABANDONED = Duration.ofMinutes(10);

  /** The ground that holds, the one before it, and one to spare. */
  private static final int MOST_FILES = 3;

  private final Path folder;
  private final Consumer<String> trouble;

  /**
   * @param folder of this alone; made when it is not there
   * @param trouble is told why something could not be read or kept, which harms nothing but speed
   */
  public KeptGrids(Path folder, Consumer<String> trouble) {
    this.folder = folder;
    this.trouble = trouble;
  }

  /**
   * The grid of what the builder was given: read, or built and kept.
   *
   * @throws TooManyEdges as {@link OwnerGridBuilder#build}
   */
  public OwnerGrid get(OwnerGridBuilder builder) {
    String key = builder.key();
    return find(key, builder)
        .orElseGet(
            () -> {
              OwnerGrid made = builder.build();
              keep(key, made);
              return made;
            });
  }

  /** Empty when there is none, or when the file is not what was written. */
  Optional<OwnerGrid> find(OwnerGridBuilder builder) {
    return find(builder.key(), builder);
  }

  private Optional<OwnerGrid> find(String key, OwnerGridBuilder builder) {
    Path file = file(key);
    try {
      if (!Files.isRegularFile(file)) return Optional.empty();
      OwnerGrid grid = builder.again(GridFile.read(file, key, OwnerGrid.KEPT_ROWS));
      // Whether this can be said or not, what was read is good.
      boolean _ = file.toFile().setLastModified(System.currentTimeMillis());
      return Optional.of(grid);
    } catch (IOException e) {
      trouble.accept("a kept grid is not used but built again: " + e.getMessage());
      return Optional.empty();
    }
  }

  /** Writes the file whole or not at all; a grid that can't be kept is built again next time. */
  private void keep(String key, OwnerGrid grid) {
    try {
      Files.createDirectories(folder);
      Path fresh = Files.createTempFile(folder, "fresh", UNFINISHED);
      try {
        GridFile.write(fresh, key, grid.rowsToKeep());
        Files.move(fresh, file(key), StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(fresh);
      }
      forgetOld();
    } catch (IOException e) {
      trouble.accept("the grid of the boundaries can't be kept for the next start: " + e);
    }
  }

  private Path file(String key) {
    return folder.resolve(key + ENDING);
  }

  private void forgetOld() throws IOException {
    long abandoned = Instant.now().minus(ABANDONED).toEpochMilli();
    List<Path> finished = new ArrayList<>();
    try (Stream<Path> all = Files.list(folder)) {
      for (Path file : all.toList()) {
        if (file.toString().endsWith(ENDING)) finished.add(file);
        else if (file.toString().endsWith(UNFINISHED) && changed(file) < abandoned)
          Files.deleteIfExists(file);
      }
    }
    finished.sort(Comparator.comparingLong(KeptGrids::changed).reversed());
    for (Path old : finished.subList(Math.min(MOST_FILES, finished.size()), finished.size()))
      Files.deleteIfExists(old);
  }

  /** When, in milliseconds; 0 of a file that another process deletes meanwhile. */
  private static long changed(Path file) {
    return file.toFile().lastModified();
  }
}
