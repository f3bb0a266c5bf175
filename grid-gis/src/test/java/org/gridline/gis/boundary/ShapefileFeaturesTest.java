package org.gridline.gis.boundary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.gridline.gis.boundary.ShapefileKit.CGCS2000_PRJ;
import static org.gridline.gis.boundary.ShapefileKit.HOLE;
import static org.gridline.gis.boundary.ShapefileKit.SQUARE;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.gridline.gis.boundary.Finding.Code;
import org.gridline.gis.position.CoordinateSystem;
import org.gridline.gis.position.Position;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.locationtech.jts.geom.Geometry;

class ShapefileFeaturesTest {
  private static final Charset GBK = Charset.forName("GBK");

  private final Path folder;

  ShapefileFeaturesTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @ParameterizedTest
  @CsvSource({
    "GBK, GBK",
    "GBK, 936",
    "GBK, ''",
    "GB18030, GB18030",
    "UTF-8, UTF-8",
    "UTF-8, 65001",
    "UTF-8, ''",
    "Big5, 950"
  })
  void chineseTablesAreReadInTheirEncoding(String written, String cpg) {
    ShapefileKit kit =
        ShapefileKit.with("320113001", "栖霞街道联通网格", SQUARE)
            .in(Charset.forName(written.equals("Big5") ? "Big5" : written))
            .part(".prj", CGCS2000_PRJ);
    if (written.equals("Big5")) {
      kit =
          ShapefileKit.with("320113001", "網格", SQUARE)
              .in(Charset.forName("Big5"))
              .part(".prj", CGCS2000_PRJ);
    }
    if (!cpg.isEmpty()) {
      kit.part(".cpg", cpg);
    }
    assertThat(read(kit.zipped(folder.resolve("a.zip"))).areas())
        .extracting(Area::name)
        .containsExactly(written.equals("Big5") ? "網格" : "栖霞街道联通网格");
    assertThat(read(kit.sideBySide(folder, "网格")).areas()).hasSize(1);
  }

  @Test
  void partsHaveAnyCapitals() {
    Path shp =
        ShapefileKit.with("1", "one", SQUARE).part(".PRJ", CGCS2000_PRJ).sideBySide(folder, "a");
    assertThat(read(shp).areas()).hasSize(1);
  }

  @Test
  void holesFindTheirOuterRingsInAnyOrder() {
    double[] island = moved(SQUARE, 0.5);
    double[] islandHole = moved(HOLE, 0.5);
    for (int type : new int[] {5, 15}) {
      Path file =
          ShapefileKit.with("1", "one", HOLE, islandHole, SQUARE, island)
              .type(type)
              .part(".prj", CGCS2000_PRJ)
              .zipped(folder.resolve("a.zip"));
      Geometry shape = read(file).areas().getFirst().shape();
      assertThat(shape.getNumGeometries()).isEqualTo(2);
      assertThat(shape.getArea())
          .isCloseTo(2 * (0.01 - 0.0004), org.assertj.core.api.Assertions.within(1e-9));
      assertThat(Snapping.isOnLattice(shape)).isTrue();
    }
  }

  @Test
  void theSystemIsThatOfThePrjUnlessSomebodyKnowsBetter() {
    double[] metres = new double[SQUARE.length];
    for (int i = 0; i < SQUARE.length; i += 2) {
      metres[i] = 400_888 + (SQUARE[i] - 118) * 90_000;
      metres[i + 1] = 3_553_423 + (SQUARE[i + 1] - 32) * 110_000;
    }
    String nanjing =
        "PROJCS[\"CGCS2000_3_Degree_GK_CM_120E\","
            + CGCS2000_PRJ
            + ",PROJECTION[\"Gauss_Kruger\"],PARAMETER[\"False_Easting\",500000.0],"
            + "PARAMETER[\"False_Northing\",0.0],PARAMETER[\"Central_Meridian\",120.0],"
            + "PARAMETER[\"Scale_Factor\",1.0],PARAMETER[\"Latitude_Of_Origin\",0.0],"
            + "UNIT[\"Meter\",1.0]]";
    Path file =
        ShapefileKit.with("1", "one", metres).part(".prj", nanjing).zipped(folder.resolve("a.zip"));
    Geometry byPrj = read(file).areas().getFirst().shape();
    Geometry byCode =
        BoundaryFile.read(
                new LayerSource(
                    file,
                    new Layer("grid", "网格"),
                    "c",
                    "n",
                    "",
                    new FileCrs.Said(CoordinateSystem.find("EPSG:4549").orElseThrow())))
            .areas()
            .getFirst()
            .shape();
    Position first = new Position(byPrj.getCoordinate().x, byPrj.getCoordinate().y);
    assertThat(first.lon()).isBetween(118.9, 119.1);
    assertThat(byPrj.equalsExact(byCode, 2e-9)).isTrue();
    assertThat(read(file).findings()).isEmpty();
  }

  @Test
  void aDatumWithoutAKnownShiftIsSaid() {
    String xian =
        CGCS2000_PRJ
            .replace("D_China_2000", "D_Xian_1980")
            .replace("298.257222101", "298.257")
            .replace("6378137.0", "6378140.0")
            .replace("GCS_China_Geodetic_Coordinate_System_2000", "GCS_Xian_1980");
    Path file =
        ShapefileKit.with("1", "one", SQUARE).part(".prj", xian).zipped(folder.resolve("a.zip"));
    assertThat(read(file).findings()).extracting(Finding::code).containsExactly(Code.SHIFT_UNKNOWN);
  }

  @Test
  void deletedRowsGoWithTheirShapes() {
    ShapefileKit kit =
        ShapefileKit.with("1", "one", SQUARE).and("2", "two", SQUARE).part(".prj", CGCS2000_PRJ);
    byte[] dbf = kit.bytes(".dbf");
    dbf[97] = '*';
    assertThat(read(kit.part(".dbf", dbf).zipped(folder.resolve("a.zip"))).areas())
        .extracting(Area::code)
        .containsExactly("2");
  }

  @Test
  void numbersAreCodesHoweverTheyAreStored() {
    assertThat(
            List.of("320113.000", "3.20113000e+005", "007", "1.50", "x.0").stream()
                .map(NumberText::plain))
        .containsExactly("320113", "320113", "007", "1.50", "x.0");
  }

  @Test
  void missingPartsAreNamed() throws java.io.IOException {
    Path shp = ShapefileKit.with("1", "one", SQUARE).sideBySide(folder, "a");
    refused(shp, Code.CRS_UNKNOWN, "no .prj");
    java.nio.file.Files.delete(folder.resolve("a.dbf"));
    refused(
        ShapefileKit.with("1", "one", SQUARE).part(".prj", "junk").zipped(folder.resolve("j.zip")),
        Code.CRS_UNKNOWN,
        ".prj");
    java.nio.file.Files.writeString(folder.resolve("a.prj"), CGCS2000_PRJ);
    refused(shp, Code.NOT_READABLE, ".dbf is missing");
    refused(
        ShapefileKit.with("1", "one", SQUARE)
            .part(".prj", CGCS2000_PRJ)
            .part(".cpg", "klingon")
            .zipped(folder.resolve("k.zip")),
        Code.TEXT_UNUSABLE,
        "klingon");
    refused(
        ShapefileKit.with("1", "栖霞", SQUARE)
            .in(GBK)
            .part(".prj", CGCS2000_PRJ)
            .part(".cpg", "UTF-8")
            .zipped(folder.resolve("w.zip")),
        Code.TEXT_UNUSABLE,
        "encoding");
  }

  @Test
  void brokenShapesNameTheirFeature() {
    record Broken(double[] ring, Code code) {}
    double nan = Double.NaN;
    for (Broken broken :
        List.of(
            new Broken(new double[] {118, 32, 118, 32.1, 118.1, 32.1, 118.1, 32}, Code.NOT_CLOSED),
            new Broken(new double[] {118, 32, 118, nan, 118.1, 32.1, 118, 32}, Code.NOT_FINITE),
            new Broken(new double[] {118, 32, 118, 320, 118.1, 32.1, 118, 32}, Code.NOT_ON_EARTH),
            new Broken(new double[] {118, 32, 118.1, 32, 118, 32}, Code.EMPTY),
            new Broken(new double[] {}, Code.EMPTY),
            new Broken(
                new double[] {118, 32, 118.1, 32.1, 118.1, 32, 118, 32.1, 118, 32},
                Code.BEYOND_REPAIR))) {
      Path file =
          ShapefileKit.with("1", "one", SQUARE)
              .and("7", "seven", broken.ring)
              .part(".prj", CGCS2000_PRJ)
              .zipped(folder.resolve("b.zip"));
      assertThatExceptionOfType(UnusableBoundaries.class)
          .isThrownBy(() -> read(file))
          .satisfies(
              e -> {
                assertThat(e.findings()).extracting(Finding::code).containsExactly(broken.code);
                assertThat(e.findings().getFirst().feature()).isEqualTo("feature 2 (7)");
              });
    }
  }

  @Test
  void damagedFilesAreRefused() {
    ShapefileKit kit = ShapefileKit.with("1", "one", SQUARE).part(".prj", CGCS2000_PRJ);
    byte[] shp = kit.bytes(".shp");
    byte[] dbf = kit.bytes(".dbf");
    for (byte[] cut :
        List.of(Arrays.copyOf(shp, 50), Arrays.copyOf(shp, 105), Arrays.copyOf(shp, 150))) {
      refused(kit.part(".shp", cut).zipped(folder.resolve("c.zip")), Code.NOT_READABLE, ".shp");
    }
    byte[] lying = shp.clone();
    java.nio.ByteBuffer.wrap(lying).putInt(104, Integer.MAX_VALUE / 2);
    refused(kit.part(".shp", lying).zipped(folder.resolve("c.zip")), Code.NOT_READABLE, "damaged");
    byte[] points = shp.clone();
    points[108 + 40] = 127;
    refused(kit.part(".shp", points).zipped(folder.resolve("c.zip")), Code.NOT_READABLE, "points");
    byte[] lines = shp.clone();
    lines[32] = 3;
    refused(kit.part(".shp", lines).zipped(folder.resolve("c.zip")), Code.NOT_A_POLYGON, "type 3");
    kit.part(".shp", shp);
    for (byte[] cut : List.of(Arrays.copyOf(dbf, 20), Arrays.copyOf(dbf, 97), new byte[0])) {
      refused(kit.part(".dbf", cut).zipped(folder.resolve("c.zip")), Code.NOT_READABLE, "");
    }
  }

  @Test
  void aZipBombStopsAtTheLimit() throws java.io.IOException {
    Path file = folder.resolve("bomb.zip");
    try (ZipOutputStream zip = new ZipOutputStream(java.nio.file.Files.newOutputStream(file))) {
      ShapefileKit kit = ShapefileKit.with("1", "one", SQUARE);
      zip.putNextEntry(new ZipEntry("a.shp"));
      zip.write(kit.bytes(".shp"));
      zip.putNextEntry(new ZipEntry("a.prj"));
      zip.write(CGCS2000_PRJ.getBytes(StandardCharsets.UTF_8));
      zip.putNextEntry(new ZipEntry("a.dbf"));
      zip.write(kit.bytes(".dbf"), 0, 97);
      byte[] blanks = new byte[1 << 20];
      Arrays.fill(blanks, (byte) ' ');
      for (int mega = 0; mega <= Limits.MAX_FILE_BYTES >> 20; mega++) {
        zip.write(blanks);
      }
    }
    assertThat(java.nio.file.Files.size(file)).isLessThan(1 << 20);
    refused(file, Code.TOO_BIG, "MiB allowed");
  }

  private void refused(Path file, Code code, String reason) {
    assertThatExceptionOfType(UnusableBoundaries.class)
        .isThrownBy(() -> read(file))
        .withMessageContaining(reason)
        .satisfies(e -> assertThat(e.findings()).extracting(Finding::code).containsExactly(code));
  }

  private static double[] moved(double[] ring, double east) {
    double[] moved = ring.clone();
    for (int i = 0; i < moved.length; i += 2) {
      moved[i] += east;
    }
    return moved;
  }

  private static BoundaryFile.Read read(Path file) {
    return BoundaryFile.read(
        new LayerSource(file, new Layer("grid", "网格"), "c", "n", "", new FileCrs.Unsaid()));
  }
}
