package org.gridline.dispatch.city;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.gridline.dispatch.ticket.ActionKind;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the author of a pack is told; the pack is as small as one can be. */
class UnusablePackTest {
  private Path root;
  private Path pack;
  private Path testData;

  @BeforeEach
  void writeTheSmallestPack(@TempDir Path folder) throws IOException {
    root = folder;
    pack = Files.createDirectories(root.resolve("pack"));
    testData = root.resolve("data");
    Files.createDirectories(testData.resolve("town"));
    write("city.yaml", SmallPack.CITY);
    write("units.csv", SmallPack.UNITS);
    write("categories.csv", SmallPack.CATEGORIES);
    write("duties.csv", SmallPack.DUTIES);
    write("limits.csv", SmallPack.LIMITS);
    write("roles.yaml", SmallPack.ROLES);
    write("east.geojson", SmallPack.squares("n", "1", "2"));
    Files.writeString(testData.resolve("town/west.geojson"), SmallPack.squares("n", "7", "8"));
  }

  @Test
  void a_folder_of_a_few_lines_is_a_city() {
    CityPack read = read();
    assertThat(read.city().name().zh()).isEqualTo("Smallville");
    assertThat(read.city().kind()).isEqualTo(City.Kind.REAL);
    assertThat(read.city().note()).isEmpty();
    assertThat(read.city().center().lon()).isEqualTo(11.0);
    assertThat(read.city().layers().getFirst().role()).isEmpty();
    assertThat(read.people()).isEmpty();
    assertThat(read.gazetteer().list("anything", 1)).isEmpty();
    assertThat(read.policy().choices().closings()).isNotEmpty();
    assertThat(read.vocabulary()).containsOnlyKeys("types", "urgencies", "channels");
    assertThat(read.policy().units().get("WORKS").name().zh()).isEqualTo("Works");
  }

  @Test
  void codes_are_cleaned_up_and_the_cleaned_ones_are_what_duties_name() throws IOException {
    write(
        "city.yaml",
        SmallPack.CITY.replace(
            "code: n}", "code: n, codes: [{match: '(\\d)', as: 'E0$1'}, {match: '.*', as: x}]}"));
    write("duties.csv", SmallPack.DUTIES.replace("D1,WORKS,x,,,", "D1,WORKS,x,,E01,"));
    assertThat(DutyFiles.areaCodes(read().boundaries())).containsExactlyInAnyOrder("E01", "E02");
  }

  @Test
  void a_file_of_the_test_data_is_read_and_a_missing_one_says_where_it_belongs()
      throws IOException {
    write("city.yaml", SmallPack.CITY.replace("east.geojson", "test-data:town/west.geojson"));
    assertThat(DutyFiles.areaCodes(read().boundaries())).containsExactlyInAnyOrder("7", "8");
    write("city.yaml", SmallPack.CITY.replace("east.geojson", "test-data:town/north.geojson"));
    assertRefused("test-data:town/north.geojson is missing: put it at " + testData);
    assertRefused("GRIDLINE_TEST_DATA");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "east.geojson | west.geojson               | west.geojson is missing",
        "east.geojson | ../data/town/west.geojson  | outside the pack",
        "east.geojson | /etc/passwd                | outside the pack",
        "east.geojson | test-data:../../etc/passwd | outside the test data",
        "east.geojson | test-data:/etc/passwd      | outside the test data",
        "east.geojson | '\"test-data:\"'           | outside the test data",
        "east.geojson | link.geojson               | outside the pack",
        "east.geojson | linked/west.geojson        | outside the pack",
        "east.geojson | test-data:link.geojson     | outside the test data",
        "east.geojson | '\"a\\0b\"'                 | can't be opened",
        "code: n}     | code: m}                   | layer part: east.geojson",
        "code: n}     | 'code: n, role: ward}'     | must be district, street, community, grid",
        "code: n}     | 'code: n, kode: x}'        | layers[0] kode is not known here",
        "code: n}     | 'code: n, crs: EPSG:x}'    | layers[0].crs is no coordinate system",
        "code: n}     | 'code: n, codes: [{match: ''('', as: x}]}'     | layers[0].codes[0] match",
        "code: n}     | 'code: n, codes: [{match: ''.*'', as: $1}]}'   | brackets that match has not",
        "code: n}     | 'code: n, codes: [{match: ''.*'', as: x}]}'    | code x comes twice",
        "code: n}     | 'code: n, codes: [{match: ''.*''}]}'           | codes[0] as is missing",
        "id: part     | id: a b                    | letters, digits",
        "UTC          | Mars/Base                  | timeZone",
        "US           | XX                         | regionCode is no ISO 3166 code",
        "[en]         | [tlh]                      | the pages speak zh and en",
        "name: Smallville | 'name: {}'             | a name in at least one language",
        "name: Smallville | 'nane: x'              | nane is not known here",
        "'name: Smallville' | 'name: a\nname: b'   | city.yaml",
        "numberPrefix: S  | ''                     | numberPrefix is missing",
      })
  void a_city_yaml_that_errs_says_where(String is, String becomes, String complaint)
      throws IOException {
    Path outside = Files.createDirectories(root.resolve("outside")).resolve("west.geojson");
    Files.writeString(outside, SmallPack.squares("n", "7", "8"));
    Files.createSymbolicLink(pack.resolve("link.geojson"), outside);
    Files.createSymbolicLink(pack.resolve("linked"), outside.getParent());
    Files.createSymbolicLink(testData.resolve("link.geojson"), outside);
    write("city.yaml", SmallPack.CITY.replace(is, becomes));
    assertRefused(complaint);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "units.csv      | HALL,,Hall     | 'HALL,,Hall\nHALL,,Again'      | unit twice: HALL",
        "units.csv      | HALL,,Hall     | HALL,HOUSE,Hall             | no parent for HALL",
        "units.csv      | HALL,,Hall     | HALL,,                      | name_zh",
        "units.csv      | parent         | parents                     | column parents",
        "categories.csv | x,2,,Trees     | x,1,,Trees                  | category twice",
        "categories.csv | x,2,,Trees     | x,2,9,Trees                 | no parent",
        "duties.csv     | D1,WORKS       | D1,@ward                    | no layer ward",
        "duties.csv     | D1,WORKS,x,,,  | D1,WORKS,x,,9,              | no area 9 in any layer",
        "duties.csv     | D1,WORKS,x,,,  | D1,WORKS,x,7,,              | begins with 7",
        "duties.csv     | D1,WORKS,x,,,  | D1,WORKS,y,,,               | no category kind y",
        "duties.csv     | D2             | D1                          | D1 is there twice",
        "duties.csv     | D1,WORKS       | D1,NOBODY                   | duties.csv, line 2, column unit: no unit NOBODY",
        "duties.csv     | id,unit        | id,units                    | column",
        "limits.csv     | total,20,WD    | total,20,WEEKS              | column unit",
        "limits.csv     | 'clock,amount,unit\naccept,1,UH' | 'clock,amount,unit,category\naccept,1,UH,1' | column kind: must not be empty",
        "roles.yaml     | takeReport     | takeTea                     | no permission takeTea",
        "roles.yaml     | scope: district| scope: moon                 | scope",
        "roles.yaml     | admin: audit   | admin: king                 | must be system, security or audit",
        "roles.yaml     | 'admin: audit, '| ''                         | readAudit needs the mark admin: audit",
        "roles.yaml     | '[readAudit]'  | '[readAudit, grantRoles]'   | grantRoles is not for admin: audit",
        "roles.yaml     | '[readAudit]'  | '[readAudit, takeReport]'   | takeReport is not for admin: audit",
        "roles.yaml     | '[readAudit]'  | '[readAudit, sign]'         | sign is not for admin: audit",
        "roles.yaml     | '[takeReport,' | '[takeReport, manageUsers,' | manageUsers needs the mark admin: system",
        "roles.yaml     | 'scope: none, admin: audit' | 'scope: district, admin: audit' | scope must be none",
        "roles.yaml     | '- {id: aud'   | '# {id: aud'                | no role has admin: audit",
      })
  void a_table_that_errs_says_where(String file, String is, String becomes, String complaint)
      throws IOException {
    String before = Files.readString(pack.resolve(file));
    write(file, before.replaceFirst(java.util.regex.Pattern.quote(is), becomes));
    assertThat(pack.resolve(file)).content().isNotEqualTo(before);
    assertRefused(complaint);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "off: [fly]                          | is no action of people: fly",
        "off: [archive]                      | is no action of people: archive",
        "off: [supervise]                    | nobody may urge: give it to a role",
        "returns: {max: 0}                   | returns.max must be from 1 to 9",
        "returns: {max: 2.5}                 | must be a whole number",
        "suspension: {mostDays: 4000}        | suspension.mostDays must be from 1 to 366",
        "answered: [gossip]                  | is no type of report: gossip",
        "selfHandled: ['x:9']                | is no category, written KIND:CODE: x:9",
        "selfHandled: [nonsense]             | is no category, written KIND:CODE: nonsense",
        "turns: {max: 2}                     | turns is not known here",
      })
  void a_lifecycle_that_errs_says_what(String life, String complaint) throws IOException {
    write("lifecycle.yaml", life + "\n");
    assertRefused(complaint);
  }

  @Test
  void a_city_without_the_file_goes_on_as_its_roles_know_it_but_not_with_a_gap()
      throws IOException {
    assertThat(read().policy().rules().off())
        .contains(ActionKind.URGE, ActionKind.MERGE)
        .doesNotContain(ActionKind.SIGN, ActionKind.ARCHIVE);
    write("roles.yaml", SmallPack.ROLES.replace("revisit, ", ""));
    assertRefused("nobody may revisit");
    write("roles.yaml", SmallPack.ROLES.replace("takeReport,", "takeReport, resume,"));
    assertRefused("no step leads to SUSPENDED, so these never happen: [resume]");
  }

  @Test
  void a_city_whose_checkers_see_nothing_unless_drawn_has_to_draw_them() throws IOException {
    String drawnOnly =
        SmallPack.ROLES.replace("check, ", "")
            + "- {id: checker, name: Checker, scope: drawn, permissions: [check, rework]}\n";
    write("roles.yaml", drawnOnly);
    assertRefused("a ticket in CHECKING for which nobody could be drawn is stuck");
    write("roles.yaml", drawnOnly.replace("takeReport,", "takeReport, redrawChecker,"));
    assertThat(read().policy().rules().checking().drawn()).isTrue();
    write(
        "lifecycle.yaml",
        "off: ["
            + read().policy().rules().off().stream()
                .map(ActionKind::id)
                .collect(Collectors.joining(", "))
            + "]\nchecking: {drawn: false}\n");
    assertRefused("whoever may check never sees a ticket in CHECKING");
  }

  @Test
  void one_code_in_two_layers_is_refused_because_a_duty_could_mean_either() throws IOException {
    write(
        "city.yaml",
        SmallPack.CITY + "  - {id: block, name: Block, file: blocks.geojson, code: n}\n");
    write("blocks.geojson", SmallPack.squares("n", "2", "3"));
    assertRefused("layer block: code 2 is also a code of layer part");
    assertRefused("codes: [{match: '(.*)', as: 'block-$1'}]");
  }

  @Test
  void a_role_that_is_another_layers_id_is_refused() throws IOException {
    write(
        "city.yaml",
        SmallPack.CITY
            + "  - {id: block, role: street, name: Block, file: blocks.geojson, code: n}\n"
            + "  - {id: street, name: Street, file: blocks.geojson, code: n}\n");
    write("blocks.geojson", SmallPack.squares("n", "5", "6"));
    assertRefused("layers have street twice");
  }

  @Test
  void every_file_that_a_pack_needs_is_asked_for_by_name() throws IOException {
    for (String file : new String[] {"units.csv", "categories.csv", "duties.csv", "limits.csv"}) {
      String content = Files.readString(pack.resolve(file));
      Files.delete(pack.resolve(file));
      assertRefused(file + " is missing");
      write(file, content);
    }
    Path outside = root.resolve("people.csv");
    Files.writeString(outside, "user,roles,password\n");
    Files.createSymbolicLink(pack.resolve("calendar.csv"), outside);
    assertRefused("calendar.csv is outside the pack");
  }

  private CityPack read() {
    return CityPackReader.read(pack, testData);
  }

  private void write(String file, String content) throws IOException {
    Files.writeString(pack.resolve(file), content);
  }

  private void assertRefused(String complaint) {
    assertThatThrownBy(this::read).isInstanceOf(UnusablePack.class).hasMessageContaining(complaint);
  }
}
