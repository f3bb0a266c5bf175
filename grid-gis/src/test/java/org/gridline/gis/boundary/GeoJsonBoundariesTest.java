package org.gridline.gis.boundary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.gridline.gis.position.Crs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;
import org.locationtech.jts.io.ParseException;
import org.locationtech.jts.io.WKTReader;

class GeoJsonBoundariesTest {
  private static final Layer GRID = new Layer("grid", "综合网格");
  private static final String SQUARE = "[[[118,32],[118.1,32],[118.1,32.1],[118,32.1],[118,32]]]";

  private final Path folder;

  GeoJsonBoundariesTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void readsPolygonsWithMembersInAnyOrder() {
    List<Area> areas =
        read(
            """
            {"name":"x","features":[
             {"geometry":{"coordinates":%s,"type":"Polygon"},"type":"Feature","x":[{"y":[1]}],
              "properties":{"n":"一","c":320113001001,"deep":{"c":"no"},"p":"320113001"}},
             {"type":"Feature","properties":{"c":"007","n":"二","p":null},
              "geometry":{"type":"MultiPolygon","coordinates":
              [%s,[[[119,32,5],[119.1,32,5],[119.1,32.1,5],[119,32,5]]]]}}
            ],"type":"FeatureCollection","synthetic":true}"""
                .formatted(SQUARE, SQUARE));
    assertThat(areas).extracting(Area::code).containsExactly("320113001001", "007");
    assertThat(areas).extracting(Area::name).containsExactly("一", "二");
    assertThat(areas)
        .extracting(Area::parent)
        .containsExactly(Optional.of("320113001"), Optional.empty());
    assertThat(areas.get(1).shape().getNumGeometries()).isEqualTo(2);
  }

  @Test
  void shiftedFilesBecomeWgs84() {
    Path file = write(collection(feature("1", SQUARE)));
    Geometry gcj = read(file, new FileCrs.Said(Crs.GCJ_02)).getFirst().shape();
    Geometry wgs = read(file, new FileCrs.Unsaid()).getFirst().shape();
    assertThat(gcj.getCentroid().distance(wgs.getCentroid())).isBetween(0.003, 0.008);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          [[[118,32],[118.1,32],[118.1,32.1],[118,32.1]]]                     | not closed
          [[[118,32],[118.1,32],[118,32]]]                                    | empty: no part of it has an area
          [[[118,32],[118.1,32.1],[118.1,32],[118,32.1],[118,32]]]            | not valid
          [[[118,32],[118.1,"NaN"],[118.1,32.1],[118,32.1],[118,32]]]         | not two finite
          [[[118,32],[118.1,1e999],[118.1,32.1],[118,32.1],[118,32]]]         | not two finite
          [[[118,32],[118.1,null],[118.1,32.1],[118,32.1],[118,32]]]          | not two finite
          [[[118,32],[],[118.1,32.1],[118,32.1],[118,32]]]                    | nested
          [[[400888,3553000],[400999,3553000],[400999,3554000],[400888,3553000]]] | outside
          [[[32,118],[32,118.1],[32.1,118.1],[32,118]]]                       | swapped
          []                                                                  | empty
          [[118,32],[118.1,32],[118.1,32.1],[118,32]]                         | nested less
          [[[[[118,32],[118.1,32],[118.1,32.1],[118,32]]]]]                   | nested
          [[[118,32],[118.1,32],5,[118,32]]]                                  | nested
          """)
  void badShapesNameFeatureAndReason(String coordinates, String reason) {
    assertThatExceptionOfType(UnusableBoundaries.class)
        .isThrownBy(() -> read(collection(feature("1", SQUARE) + "," + feature("7", coordinates))))
        .withMessageContaining("feature 2 (7)")
        .withMessageContaining(reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          hello                                  | not JSON
          {"features":[{"type":                  | not JSON
          []                                     | not a GeoJSON object
          ''                                     | not a GeoJSON object
          {}                                     | no features list
          {"features":{}}                        | no features list
          {"features":[]}                        | no feature
          {"features":[5]}                       | not an object
          {"features":[{"properties":{"c":1}}]}  | no geometry
          {"features":[{"geometry":null}]}       | property c is missing
          {"features":[{"properties":{"c":1},"geometry":{"type":"Point","coordinates":[1,2]}}]} | Point
          {"features":[{"properties":{"c":1},"geometry":{"type":"Polygon","coordinates":[[[NaN,1]]]}}]} | not JSON
          """)
  void garbageIsRefusedWithAReason(String text, String reason) {
    assertThatExceptionOfType(UnusableBoundaries.class)
        .isThrownBy(() -> read(text))
        .withMessageContaining("cells.geojson can't be used")
        .withMessageContaining(reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"type":"name","properties":{"name":"urn:ogc:def:crs:OGC:1.3:CRS84"}}  | 118.00
          {"type":"name","properties":{"x":[{"name":1}],"name":"EPSG:4490"},"y":[]} | 118.00
          null                                                                    | 118.00
          {"type":"name","properties":{"name":"GCJ-02"}}                          | 117.99
          """)
  void theCrsMemberIsHeardWhereverItStands(String crs, String west) {
    String features = "\"features\":[" + feature("1", SQUARE) + "]";
    for (String text :
        List.of(
            "{\"crs\":" + crs + "," + features + "}", "{" + features + ",\"crs\":" + crs + "}")) {
      double found = read(text).getFirst().shape().getEnvelopeInternal().getMinX();
      assertThat(String.format(java.util.Locale.ROOT, "%.2f", found)).isEqualTo(west);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::999999"}} | EPSG:999999
          {"type":"name","properties":{"name":"somewhere"}}                    | somewhere
          {"type":"link","properties":{"href":"http://example.org/crs"}}       | names no system
          {}                                                                   | names no system
          """)
  void anUnknownCrsIsRefusedWithAWayOut(String crs, String reason) {
    assertThatExceptionOfType(UnusableBoundaries.class)
        .isThrownBy(() -> read("{\"crs\":" + crs + ",\"features\":[" + feature("1", SQUARE) + "]}"))
        .withMessageContaining(reason)
        .satisfies(
            e ->
                assertThat(e.findings())
                    .extracting(Finding::code)
                    .containsExactly(Finding.Code.CRS_UNKNOWN));
  }

  @Test
  void gzipIsToldByItsBytesAndABombIsCapped() throws IOException {
    Path file = folder.resolve("cells.geojson");
    try (var out = new java.util.zip.GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(collection(feature("1", SQUARE)).getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
    assertThat(read(file, new FileCrs.Unsaid())).hasSize(1);

    byte[] cut = java.util.Arrays.copyOf(Files.readAllBytes(file), 60);
    Files.write(file, cut);
    assertThatExceptionOfType(UnusableBoundaries.class)
        .isThrownBy(() -> read(file, new FileCrs.Unsaid()))
        .withMessageContaining("damaged gzip");

    try (var out = new java.util.zip.GZIPOutputStream(Files.newOutputStream(file))) {
      out.write("{\"x\":[".getBytes(java.nio.charset.StandardCharsets.UTF_8));
      byte[] blanks = new byte[1 << 20];
      java.util.Arrays.fill(blanks, (byte) ' ');
      for (long mega = 0; mega <= Limits.MAX_FILE_BYTES >> 20; mega++) {
        out.write(blanks);
      }
    }
    assertThatExceptionOfType(UnusableBoundaries.class)
        .isThrownBy(() -> read(file, new FileCrs.Unsaid()))
        .withMessageContaining("more than the 256 MiB allowed");
  }

  @Test
  void everyBadFeatureIsNamedAtOnce() {
    String text =
        collection(
            String.join(
                ",",
                feature("1", SQUARE),
                feature("1", SQUARE),
                feature(" ", SQUARE),
                feature("2", "[]")));
    assertThatExceptionOfType(UnusableBoundaries.class)
        .isThrownBy(() -> read(text))
        .satisfies(
            e ->
                assertThat(e.findings())
                    .extracting(Finding::feature)
                    .containsExactly("feature 2 (1)", "feature 3", "feature 4 (2)"));
  }

  @Test
  void problemsAreLimited() {
    String text = collection(String.join(",", java.util.Collections.nCopies(500, "{}")));
    assertThatExceptionOfType(UnusableBoundaries.class)
        .isThrownBy(() -> read(text))
        .satisfies(e -> assertThat(e.findings()).hasSizeLessThan(210));
  }

  @Test
  void hugeFilesAreRefusedUnread() throws IOException {
    Path file = folder.resolve("huge.geojson");
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(Limits.MAX_FILE_BYTES + 1);
    }
    assertThatExceptionOfType(UnusableBoundaries.class)
        .isThrownBy(() -> read(file, new FileCrs.Unsaid()))
        .withMessageContaining("more than the 256 MiB allowed");
  }

  @Test
  void deepNestingIsRefused() {
    String deep = "[".repeat(100_000);
    assertThatExceptionOfType(UnusableBoundaries.class)
        .isThrownBy(() -> read("{\"features\":[{\"geometry\":{\"coordinates\":" + deep));
  }

  @Test
  void randomDamageNeverEscapesAsAnotherError() {
    String good = collection(feature("1", SQUARE) + "," + feature("2", SQUARE));
    Random random = new Random(5);
    for (int i = 0; i < 3000; i++) {
      StringBuilder text = new StringBuilder(good);
      for (int damage = random.nextInt(3); damage >= 0; damage--) {
        int at = random.nextInt(text.length());
        text.replace(at, at + 1, "[]{}\",:5eN \u0000".charAt(random.nextInt(12)) + "");
      }
      try {
        assertThat(read(text.toString())).isNotEmpty();
      } catch (UnusableBoundaries e) {
        assertThat(e.findings()).isNotEmpty();
      }
    }
  }

  @Test
  void aMissingFileIsAnInputError() {
    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(() -> read(folder.resolve("none.geojson"), new FileCrs.Unsaid()))
        .withMessageContaining("none.geojson");
  }

  @Test
  void boundariesRefuseDoublesAndStrangers() throws ParseException {
    Geometry square = new WKTReader().read("POLYGON((0 0,1 0,1 1,0 0))");
    Area area = new Area("grid", "1", "一", Optional.empty(), square);
    assertThat(new Boundaries(List.of(GRID), List.of(area)).finest()).isEqualTo(GRID);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Boundaries(List.of(GRID), List.of(area, area)))
        .withMessageContaining("code 1 is there twice in layer grid");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Boundaries(List.of(new Layer("x", "x")), List.of(area)))
        .withMessageContaining("unknown layer grid");
    assertThatIllegalArgumentException().isThrownBy(() -> new Boundaries(List.of(), List.of()));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new Area("grid", "1", "一", Optional.empty(), new GeometryFactory().createPolygon()))
        .withMessageContaining("empty");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new Area(
                    "grid",
                    "1",
                    "一",
                    Optional.empty(),
                    new WKTReader().read("POLYGON((0 0,1 NaN,1 1,0 0))")));
  }

  private static String feature(String code, String coordinates) {
    return "{\"type\":\"Feature\",\"properties\":{\"c\":\""
        + code
        + "\",\"n\":\"名\"},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":"
        + coordinates
        + "}}";
  }

  private static String collection(String features) {
    return "{\"type\":\"FeatureCollection\",\"features\":[" + features + "]}";
  }

  private List<Area> read(String text) {
    return CheckedBoundaries.read(
            List.of(new LayerSource(write(text), GRID, "c", "n", "p", new FileCrs.Unsaid())))
        .boundaries()
        .areas();
  }

  private static List<Area> read(Path file, FileCrs crs) {
    return BoundaryFile.read(new LayerSource(file, GRID, "c", "", "", crs)).areas();
  }

  private Path write(String text) {
    try {
      return Files.writeString(folder.resolve("cells.geojson"), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
