package org.gridline.gis.boundary;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.gridline.gis.TestData;
import org.gridline.gis.boundary.Finding.Severity;
import org.gridline.gis.position.CoordinateSystem;
import org.junit.jupiter.api.Test;

/**
 * Every polygon file of the test data is imported, or refused for the stated reason; {@code
 * real-files.csv} beside this test is the table of what is found in which.
 */
class RealFilesTest {
  private static final List<String> FOLDERS = List.of("address", "boston2015", "china", "nyc");

  /** What is found in a file: how many findings of each kind, or why it is refused. */
  private record Row(String file, String code, String crs, String outcome) {
    static Row of(String line) {
      String[] cells = line.split(",", -1);
      return new Row(cells[0], cells[1], cells[2], cells[3]);
    }

    @Override
    public String toString() {
      return file + "," + code + "," + crs + "," + outcome;
    }
  }

  @Test
  void everyFileHasItsOutcome() throws IOException {
    List<Row> expected = table();
    List<Row> found = new ArrayList<>();
    for (Row row : expected) {
      found.add(new Row(row.file, row.code, row.crs, outcome(row)));
    }
    assertThat(found).isEqualTo(expected);
  }

  @Test
  void noPolygonFileIsLeftOut() throws IOException {
    Path data = TestData.get("README.md").resolveSibling(".");
    List<String> there = new ArrayList<>();
    for (String folder : FOLDERS) {
      try (Stream<Path> files = Files.list(data.resolve(folder))) {
        files
            .map(file -> folder + "/" + file.getFileName())
            .filter(name -> name.matches(".*\\.(geojson(\\.gz)?|json(\\.gz)?|shp|zip|gpkg)"))
            .forEach(there::add);
      }
    }
    assertThat(table().stream().map(Row::file).distinct())
        .containsExactlyInAnyOrderElementsOf(there);
  }

  private static String outcome(Row row) {
    FileCrs crs =
        row.crs.isEmpty()
            ? new FileCrs.Unsaid()
            : new FileCrs.Said(CoordinateSystem.find(row.crs).orElseThrow());
    LayerSource source =
        new LayerSource(TestData.get(row.file), new Layer("layer", "图层"), row.code, "", "", crs);
    try {
      CheckedBoundaries read = CheckedBoundaries.read(List.of(source));
      assertThat(read.findings()).noneMatch(found -> found.severity() == Severity.FATAL);
      assertThat(read.boundaries().areas())
          .allMatch(area -> Snapping.isOnLattice(area.shape()) && area.shape().isValid());
      return read.boundaries().areas().size() + " areas" + kinds(read.findings());
    } catch (UnusableBoundaries e) {
      return "refused" + kinds(e.findings());
    }
  }

  private static String kinds(List<Finding> findings) {
    Map<String, Integer> counts = new TreeMap<>();
    findings.forEach(found -> counts.merge(found.code().id(), 1, Integer::sum));
    StringBuilder text = new StringBuilder();
    counts.forEach((code, count) -> text.append("; ").append(count).append(' ').append(code));
    return text.toString();
  }

  private static List<Row> table() throws IOException {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                java.util.Objects.requireNonNull(
                    RealFilesTest.class.getResourceAsStream("real-files.csv"), "the table"),
                StandardCharsets.UTF_8))) {
      return lines.lines().skip(1).map(Row::of).toList();
    }
  }
}
