package org.gridline.console.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.gridline.console.Town;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MappingFileTest {
  private static final Mapping BOSTON =
      MappingFile.read(Town.sample().resolveSibling("boston").resolve("replay.yaml"));

  private final Path folder;

  MappingFileTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @ParameterizedTest
  @CsvSource({
    "ward, Ward 3, 03",
    "ward, 03, 03",
    "ward, 3, 03",
    "ward, Ward 18, 18",
    "ward, 18, 18",
    "police, C-11, C11",
    "police, C11, C11",
    "police, A-1, A1",
    "precinct, 112.0, 0112",
    "precinct, 2005.0, 2005",
    "precinct before splits, 502.0, 0502",
  })
  void the_variants_of_a_code_are_one(String truth, String said, String code) {
    assertThat(truth(truth).city().find(said)).contains(code);
  }

  @ParameterizedTest
  @CsvSource({"ward, Ward", "ward, 123", "police, X9", "precinct, 12.0", "precinct, 3-06"})
  void what_no_rule_knows_is_not_compared(String truth, String said) {
    assertThat(truth(truth).city().find(said)).isEmpty();
  }

  @Test
  void a_precinct_that_was_split_later_counts_as_the_old_one() {
    assertThat(truth("precinct before splits").pack().find("0502A")).contains("0502");
    assertThat(truth("precinct").pack().find("0502A")).contains("0502A");
  }

  @Test
  void a_department_is_found_in_the_name_of_its_unit() {
    Mapping.Owner department = BOSTON.owners().getLast();
    assertThat(department.pack().find("PWDx (Public Works Department)")).contains("PWDx");
    assertThat(department.pack().find("No Q (Transportation - Traffic Division)")).contains("No Q");
  }

  @ParameterizedTest
  @CsvSource({
    "01/01/2015 12:20:09 AM, 2015-01-01T05:20:09Z",
    "07/01/2015 12:00:00 PM, 2015-07-01T16:00:00Z",
    // The clocks skipped this hour: it counts on from the hour before.
    "03/08/2015 02:30:00 AM, 2015-03-08T07:30:00Z",
    // They showed this hour twice: the first one is meant.
    "11/01/2015 01:30:00 AM, 2015-11-01T05:30:00Z",
    "11/01/2015 02:00:00 am, 2015-11-01T07:00:00Z",
  })
  void times_are_local(String said, Instant at) {
    assertThat(BOSTON.time().read(said)).isEqualTo(at);
  }

  @Test
  void a_mistake_is_named_with_its_member() {
    refuses(Folder.MAPPING.replace("id: id\n", ""), "id");
    refuses(Folder.MAPPING + "colour: red\n", "colour");
    refuses(Folder.MAPPING.replace("America/New_York", "Boston"), "time: zone");
    refuses(Folder.MAPPING.replace("hh:mm:ss a", "bb"), "time: format");
    refuses(Folder.MAPPING.replace("WGS84", "Mars"), "position: crs");
    refuses(Folder.MAPPING.replace("(?:Ward", "(((Ward"), "truths[1]: city[1]: match");
    refuses("- just\n- a list\n", "must have members");
    refuses(": : :", "replay.yaml");
    refuses("", "replay.yaml");
  }

  private void refuses(String text, String named) {
    Path file = Folder.text(folder.resolve("replay.yaml"), text);
    assertThatThrownBy(() -> MappingFile.read(file))
        .isInstanceOf(Unreplayable.class)
        .hasMessageContaining(named);
  }

  private static Mapping.Truth truth(String id) {
    Optional<Mapping.Truth> found =
        BOSTON.truths().stream().filter(t -> t.id().equals(id)).findFirst();
    return found.orElseThrow();
  }
}
