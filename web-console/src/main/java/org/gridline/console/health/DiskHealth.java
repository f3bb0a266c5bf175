package org.gridline.console.health;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gridline.console.health.Finding.State;
import org.gridline.dispatch.Names;

/**
 * Free space where this node keeps its data and, when the launcher's own database runs here, where
 * that is. Of a database elsewhere nothing can be told. Thread-safe.
 */
public final class DiskHealth implements HealthCheck {
  private final Path data;
  private final long least;

  /**
   * @param least fewer free bytes are trouble
   */
  public DiskHealth(Path data, long least) {
    this.data = data;
    this.least = least;
  }

  @Override
  public String name() {
    return "disk-data";
  }

  @Override
  public List<Finding> look() {
    List<Finding> found = new ArrayList<>();
    found.add(finding("disk-data", data));
    findCluster().ifPresent(cluster -> found.add(finding("disk-database", cluster)));
    return found;
  }

  /** Free bytes at the data folder. */
  public double freeData() {
    return free(data);
  }

  /** Free bytes at the launcher's database; NaN when there is none here. */
  public double freeDatabase() {
    return findCluster().map(DiskHealth::free).orElse(Double.NaN);
  }

  private Finding finding(String name, Path place) {
    double free = free(place);
    double megabytes = Math.floor(free / (1 << 20));
    return new Finding(
        name,
        free < least ? State.DEGRADED : State.WELL,
        Double.isNaN(free) ? "" : Finding.text(megabytes, "MiB"),
        Finding.text((double) (least >> 20), "MiB"),
        new Names(
            "磁盘空间不足:清理或扩容;写满后将无法登记",
            "little disk space left: clear or enlarge it; when it is full nothing can be registered"));
  }

  /** The launcher keeps its cluster in the data folder, or notes where else. */
  private Optional<Path> findCluster() {
    Path noted = data.resolve("postgres.location");
    try {
      Path cluster =
          Files.isReadable(noted)
              ? Path.of(Files.readString(noted).strip())
              : data.resolve("postgres");
      return Files.isDirectory(cluster) ? Optional.of(cluster) : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static double free(Path place) {
    try {
      return Files.getFileStore(place).getUsableSpace();
    } catch (IOException e) {
      return Double.NaN;
    }
  }
}
