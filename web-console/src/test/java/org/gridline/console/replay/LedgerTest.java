package org.gridline.console.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.stream.Stream;
import org.gridline.console.replay.Ledger.Entry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest {
  private final Path data;

  LedgerTest(@TempDir Path data) {
    this.data = data;
  }

  @Test
  void what_was_written_is_there_after_a_restart() {
    Entry entry =
        new Entry("7", 201, "123", "QX-1", "REGISTERED", "ok", "U-1", Map.of("street", "02"), "");
    try (Ledger ledger = Ledger.open(data, "pack", "e1")) {
      ledger.write(entry);
      ledger.write(Entry.refused("8", 422, "category_unknown"));
    }
    try (Ledger ledger = Ledger.open(data, "pack", "e1")) {
      assertThat(ledger.find("7")).contains(entry);
      assertThat(ledger.find("8")).map(Entry::acknowledged).contains(false);
      assertThat(ledger.find("9")).isEmpty();
    }
  }

  @Test
  void a_refused_namesake_does_not_undo_an_answer() {
    Entry answered = new Entry("7", 201, "123", "QX-1", "REGISTERED", "ok", "", Map.of(), "");
    try (Ledger ledger = Ledger.open(data, "pack", "e1")) {
      ledger.write(answered);
      ledger.write(Entry.refused("7", 422, "idempotency_key_reused"));
      assertThat(ledger.find("7")).contains(answered);
    }
    try (Ledger ledger = Ledger.open(data, "pack", "e1")) {
      assertThat(ledger.find("7")).contains(answered);
    }
  }

  @Test
  void a_torn_last_line_is_cut_off_and_its_row_is_open_again() throws Exception {
    try (Ledger ledger = Ledger.open(data, "pack", "e1")) {
      ledger.write(Entry.refused("1", 422, "x"));
    }
    Path file = file();
    Files.writeString(file, "2\t201\t5\tBOS-1\tREGIS", StandardOpenOption.APPEND);
    try (Ledger ledger = Ledger.open(data, "pack", "e1")) {
      assertThat(ledger.size()).isEqualTo(1);
      assertThat(ledger.find("2")).isEmpty();
      ledger.write(Entry.refused("3", 422, "x"));
    }
    assertThat(Files.readAllLines(file)).hasSize(2).last().asString().startsWith("3\t422\t");
  }

  @Test
  void garbage_in_it_is_no_answer() throws Exception {
    try (Ledger ledger = Ledger.open(data, "pack", "e1")) {
      ledger.write(Entry.refused("1", 422, "x"));
    }
    Files.writeString(
        file(), "\n\n2\tmany\t\t\t\t\t\t\t\nno line at all\n", StandardOpenOption.APPEND);
    try (Ledger ledger = Ledger.open(data, "pack", "e1")) {
      assertThat(ledger.size()).isEqualTo(1);
    }
  }

  @Test
  void another_log_has_a_ledger_of_its_own() {
    try (Ledger ledger = Ledger.open(data, "pack", "e1")) {
      ledger.write(Entry.refused("1", 422, "x"));
    }
    try (Ledger other = Ledger.open(data, "pack", "../../e2")) {
      assertThat(other.size()).isZero();
    }
    assertThat(data.resolve("../e2.tsv")).doesNotExist();
    assertThat(data.resolve("e2.tsv")).doesNotExist();
  }

  @Test
  void a_tab_or_line_end_in_an_answer_does_not_break_the_line() {
    Entry hostile = new Entry("a\tb\nc", 201, "1", "n", "S", "ok", "u", Map.of("x|y", "1\n2"), "");
    try (Ledger ledger = Ledger.open(data, "pack", "e1")) {
      ledger.write(hostile);
      ledger.write(Entry.refused("2", 422, "x"));
    }
    try (Ledger ledger = Ledger.open(data, "pack", "e1")) {
      assertThat(ledger.size()).isEqualTo(2);
      assertThat(ledger.find("a\tb\nc")).map(Entry::acknowledged).contains(true);
    }
  }

  @Test
  void two_replays_do_not_write_one_ledger() {
    try (Ledger ledger = Ledger.open(data, "pack", "e1")) {
      assertThatThrownBy(() -> Ledger.open(data, "pack", "e1")).isInstanceOf(Unreplayable.class);
      assertThat(ledger.size()).isZero();
    }
  }

  private Path file() throws Exception {
    try (Stream<Path> files = Files.list(data.resolve("replay"))) {
      return files.findFirst().orElseThrow();
    }
  }
}
