package org.gridline.gis.boundary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.gridline.gis.boundary.GeoPackageKit.SQUARE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.gridline.gis.boundary.Finding.Code;
import org.gridline.gis.position.Crs;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.locationtech.jts.geom.Geometry;

class GeoPackageFeaturesTest {
  private final Path file;

  GeoPackageFeaturesTest(@TempDir Path folder) {
    this.file = folder.resolve("网格 #1?.gpkg");
  }

  @Test
  void tablesAreReadWithTheirNamesAndHoles() {
    GeoPackageKit.with("320113001", "栖霞街道", SQUARE)
        .and(
            "320113002",
            "迈皋桥街道",
            "MULTIPOLYGON(((119 32,119.1 32,119.1 32.1,119 32.1,119 32),"
                + "(119.04 32.04,119.04 32.06,119.06 32.06,119.06 32.04,119.04 32.04)),"
                + "((120 32,120.1 32,120.1 32.1,120 32)))")
        .write(file);
    BoundaryFile.Read read = read();
    assertThat(read.areas()).extracting(Area::name).containsExactly("栖霞街道", "迈皋桥街道");
    Geometry shape = read.areas().get(1).shape();
    assertThat(shape.getNumGeometries()).isEqualTo(2);
    assertThat(shape.getArea())
        .isCloseTo(0.01 - 0.0004 + 0.005, org.assertj.core.api.Assertions.within(1e-9));
    assertThat(read.findings()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"1, 8", "2, 8", "3, 16"})
  void heightsAndMeasuresAreLeft(int kind, int more) {
    double[] ring = {118, 32, 118.1, 32, 118.1, 32.1, 118, 32};
    ByteBuffer blob =
        ByteBuffer.allocate(8 + 1 + 4 + 4 + 4 + 4 * (16 + more)).order(ByteOrder.BIG_ENDIAN);
    blob.put((byte) 'G').put((byte) 'P').put((byte) 0).put((byte) 0).putInt(4326);
    blob.put((byte) 0).putInt(kind * 1000 + 3).putInt(1).putInt(4);
    for (int i = 0; i < ring.length; i += 2) {
      blob.putDouble(ring[i]).putDouble(ring[i + 1]).position(blob.position() + more);
    }
    new GeoPackageKit().and("1", "one", blob.array()).write(file);
    assertThat(read().areas().getFirst().shape().getArea())
        .isCloseTo(0.005, org.assertj.core.api.Assertions.within(1e-9));
  }

  @Test
  void aCitysOwnSystemIsReadFromItsDefinition() {
    GeoPackageKit.with("1", "one", SQUARE).srs(100001).write(file);
    assertThat(read().areas()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"0", "-1", "77"})
  void anUnknownSystemIsRefusedUntilItIsSaid(int srs) {
    GeoPackageKit.with("1", "one", SQUARE).srs(srs).write(file);
    refused(Code.CRS_UNKNOWN, "--crs");
    assertThat(
            BoundaryFile.read(
                    new LayerSource(
                        file, new Layer("l", "l"), "c", "", "", new FileCrs.Said(Crs.GCJ_02)))
                .areas())
        .hasSize(1);
  }

  @Test
  void theTableWithTheWantedPropertyIsTaken() {
    GeoPackageKit kit =
        GeoPackageKit.with("1", "one", SQUARE)
            .also("CREATE TABLE other (fid INTEGER PRIMARY KEY, geom BLOB, x TEXT)")
            .also("INSERT INTO gpkg_contents VALUES ('other', 'features', 4326)")
            .also("INSERT INTO gpkg_geometry_columns VALUES ('other','geom','POLYGON',4326,0,0)");
    kit.write(file);
    assertThat(read().areas()).hasSize(1);
    assertThatExceptionOfType(UnusableBoundaries.class)
        .isThrownBy(() -> FieldList.of(file))
        .withMessageContaining("2 feature tables");
  }

  @Test
  void aViewThatNeverEndsIsNoTable() {
    new GeoPackageKit()
        .also(
            "CREATE VIEW v AS WITH RECURSIVE r(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM r)"
                + " SELECT i AS c, i AS n, x'00' AS geom FROM r")
        .also("UPDATE gpkg_contents SET table_name = 'v'")
        .also("UPDATE gpkg_geometry_columns SET table_name = 'v'")
        .write(file);
    refused(Code.NO_FEATURE, "no feature table");
  }

  @Test
  void anEndlessListOfTablesIsStopped() {
    new GeoPackageKit()
        .also("DROP TABLE gpkg_geometry_columns")
        .also(
            "CREATE VIEW gpkg_geometry_columns AS WITH RECURSIVE"
                + " r(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM r)"
                + " SELECT '网 \"格' AS table_name, i AS column_name, 0 AS srs_id FROM r")
        .write(file);
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(60), () -> refused(Code.CRS_UNKNOWN, "srs_id 0"));
  }

  @Test
  void aComputedColumnIsNoProperty() {
    new GeoPackageKit()
        .also("DROP TABLE \"网 \"\"格\"")
        .also(
            "CREATE TABLE \"网 \"\"格\" (fid INTEGER PRIMARY KEY, geom BLOB,"
                + " c TEXT GENERATED ALWAYS AS (hex(zeroblob(100000000))) VIRTUAL, n TEXT)")
        .also("INSERT INTO \"网 \"\"格\" (n) VALUES ('x')")
        .write(file);
    assertThatExceptionOfType(UnusableBoundaries.class)
        .isThrownBy(this::read)
        .withMessageContaining("property c is missing");
  }

  @Test
  void brokenShapesNameTheirFeature() {
    new GeoPackageKit()
        .and("1", "one", new byte[0])
        .and("2", "two", new byte[] {'G', 'P', 0, 1, 0, 0, 0, 0, 1, 3, 0})
        .and("3", "three", "no geometry at all".getBytes(java.nio.charset.StandardCharsets.UTF_8))
        .and("4", "four", "POINT(1 2)")
        .and("5", "five", "POLYGON EMPTY")
        .and("6", "six", "POLYGON((118 32,118.1 32.1,118.1 32,118 32.1,118 32))")
        .and("7", "seven", lyingCount())
        .write(file);
    assertThatExceptionOfType(UnusableBoundaries.class)
        .isThrownBy(this::read)
        .satisfies(
            e ->
                assertThat(e.findings())
                    .extracting(found -> found.feature() + " " + found.code().id())
                    .containsExactly(
                        "feature 1 (1) not_a_polygon",
                        "feature 2 (2) not_readable",
                        "feature 3 (3) not_readable",
                        "feature 4 (4) not_a_polygon",
                        "feature 5 (5) empty",
                        "feature 6 (6) beyond_repair",
                        "feature 7 (7) not_readable"));
  }

  private static byte[] lyingCount() {
    byte[] blob = GeoPackageKit.blob(SQUARE);
    blob[8 + 32 + 1 + 4 + 4 + 3] = 127;
    return blob;
  }

  @Test
  void damagedFilesAreRefused() throws IOException {
    GeoPackageKit.with("1", "one", SQUARE).write(file);
    byte[] sound = Files.readAllBytes(file);
    for (int length : new int[] {16, 100, 4096, sound.length / 2}) {
      Files.write(file, Arrays.copyOf(sound, length));
      assertThatExceptionOfType(UnusableBoundaries.class).isThrownBy(this::read);
    }
  }

  @Test
  void changesLeftBesideItAreNotPassedOver() throws IOException {
    GeoPackageKit.with("1", "one", SQUARE).write(file);
    Files.writeString(file.resolveSibling(file.getFileName() + "-wal"), "changes");
    refused(Code.NOT_READABLE, "another program");
  }

  private void refused(Code code, String reason) {
    assertThatExceptionOfType(UnusableBoundaries.class)
        .isThrownBy(this::read)
        .withMessageContaining(reason)
        .satisfies(e -> assertThat(e.findings()).extracting(Finding::code).containsExactly(code));
  }

  private BoundaryFile.Read read() {
    return BoundaryFile.read(
        new LayerSource(file, new Layer("grid", "网格"), "c", "n", "", new FileCrs.Unsaid()));
  }
}
