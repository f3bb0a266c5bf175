package org.gridline.console.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.gridline.console.replay.Folder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvRowsTest {
  private final Path folder;

  CsvRowsTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void quotes_commas_and_line_ends_belong_to_their_cell() {
    List<CsvRows.Row> rows = read("a,b\r\n\"x, \"\"y\"\"\",\"one\ntwo\"\r\n\n 3 ,\n\"\",4");
    assertThat(rows).extracting(r -> r.text("a")).containsExactly("x, \"y\"", "3", "");
    assertThat(rows).extracting(r -> r.text("b")).containsExactly("one\ntwo", "", "4");
    assertThat(rows).extracting(CsvRows.Row::line).containsExactly(2, 5, 6);
    assertThat(rows).allSatisfy(r -> assertThat(r.problem()).isEmpty());
  }

  @Test
  void a_row_that_does_not_fit_is_marked_and_the_next_one_is_read() {
    List<CsvRows.Row> rows = read("a,b\n1\n1,2,3\n" + "x".repeat(200_000) + ",2\n1,2\n");
    assertThat(rows)
        .extracting(r -> r.problem().isPresent())
        .containsExactly(true, true, true, false);
    assertThat(rows.get(2).text("a")).hasSizeLessThan(70_000);
  }

  @Test
  void a_quote_that_is_never_closed_costs_one_row_and_no_memory() {
    List<CsvRows.Row> rows = read("a,b\n1,2\n1,\"open\n" + "1,2\n".repeat(500_000));
    assertThat(rows).hasSize(2);
    assertThat(rows.getLast().problem()).isPresent();
  }

  @Test
  void a_torn_archive_is_said_and_not_taken_for_the_end() throws Exception {
    Path whole = Folder.gz(folder.resolve("whole.csv.gz"), "a,b\n" + random(40_000));
    byte[] bytes = Files.readAllBytes(whole);
    Path torn = folder.resolve("torn.csv.gz");
    Files.write(torn, Arrays.copyOf(bytes, bytes.length / 2));
    assertThatThrownBy(() -> read(torn)).isInstanceOf(UncheckedIOException.class);
  }

  @Test
  void an_archive_is_told_by_its_bytes_whatever_it_is_called() throws Exception {
    Path packed = Folder.gz(folder.resolve("register.csv.gz"), "a,b\n1,2\n");
    Path upload = Files.move(packed, folder.resolve("import-1.geojson"));
    assertThat(read(upload)).extracting(row -> row.text("b")).containsExactly("2");
  }

  @Test
  void an_empty_file_or_another_format_is_refused() {
    Path empty = Folder.text(folder.resolve("empty.csv"), "");
    assertThatThrownBy(() -> CsvRows.open(empty)).isInstanceOf(Unreadable.class);
    Path other = Folder.text(folder.resolve("other.csv.gz"), "no archive");
    assertThatThrownBy(() -> CsvRows.open(other)).isInstanceOf(Unreadable.class);
  }

  @Test
  void missing_columns_are_named() {
    Path file = Folder.text(folder.resolve("few.csv"), "\uFEFFa,b\n");
    try (CsvRows rows = CsvRows.open(file)) {
      assertThat(rows.missing(List.of("a", "c", "b"))).containsExactly("c");
    }
  }

  private static String random(int rows) {
    StringBuilder text = new StringBuilder();
    java.util.Random random = new java.util.Random(7);
    for (int i = 0; i < rows; i++) text.append(random.nextLong()).append(",x\n");
    return text.toString();
  }

  private List<CsvRows.Row> read(String text) {
    return read(Folder.gz(folder.resolve("t.csv.gz"), text));
  }

  private static List<CsvRows.Row> read(Path file) {
    List<CsvRows.Row> rows = new ArrayList<>();
    try (CsvRows csv = CsvRows.open(file)) {
      for (Optional<CsvRows.Row> row = csv.find(); row.isPresent(); row = csv.find()) {
        rows.add(row.get());
      }
    }
    return rows;
  }
}
