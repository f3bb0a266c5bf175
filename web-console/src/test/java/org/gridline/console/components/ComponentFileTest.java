package org.gridline.console.components;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.gridline.console.components.ComponentFile.Format;
import org.gridline.console.components.ComponentFile.Reading;
import org.gridline.console.csv.Unreadable;
import org.gridline.dispatch.component.FieldMap;
import org.gridline.dispatch.component.FileRow;
import org.gridline.gis.boundary.ShapefileKit;
import org.gridline.gis.position.CoordinateSystem;
import org.gridline.gis.position.Crs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a file says of itself, in each of its forms. */
class ComponentFileTest {
  private static final String FEATURE =
      "{\"type\":\"Feature\",\"geometry\":{\"type\":\"Point\",\"coordinates\":[118.9,32.1]},"
          + "\"properties\":{\"code\":\"32011301001000001\"}}";
  private final Path folder;

  ComponentFileTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @ParameterizedTest
  @CsvSource({
    "urn:ogc:def:crs:OGC:1.3:CRS84, WGS84",
    "urn:ogc:def:crs:EPSG::4490, CGCS2000",
    "EPSG:4549, EPSG:4549"
  })
  void the_crs_member_is_heard_before_and_behind_the_features(String name, String system)
      throws IOException {
    String crs = "\"crs\":{\"type\":\"name\",\"properties\":{\"name\":\"" + name + "\"}}";
    for (String file :
        List.of(
            "{" + crs + ",\"features\":[" + FEATURE + "]}",
            "{\"type\":\"FeatureCollection\",\"features\":[" + FEATURE + "]," + crs + "}")) {
      try (ComponentFile rows = open(file, Optional.empty())) {
        assertThat(rows.system().spelling()).isEqualTo(system);
        assertThat(all(rows)).hasSize(1);
      }
      try (ComponentFile rows = open(file, Optional.of(Crs.GCJ_02))) {
        assertThat(rows.system()).as("who was told knows better").isEqualTo(Crs.GCJ_02);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"name\",\"properties\":{\"name\":\"urn:ogc:def:crs:EPSG::99999\"}}",
        "{\"type\":\"name\",\"properties\":{\"name\":\"local\"}}",
        "{\"type\":\"link\",\"properties\":{\"href\":\"https://example.org\"}}",
        "{\"type\":\"name\"}",
        "{}"
      })
  void a_system_that_nobody_knows_stops_the_file_before_its_first_row(String crs)
      throws IOException {
    for (String file :
        List.of(
            "{\"crs\":" + crs + ",\"features\":[" + FEATURE + "]}",
            "{\"features\":[" + FEATURE + "],\"crs\":" + crs + "}")) {
      assertThatThrownBy(() -> open(file, Optional.empty()))
          .isInstanceOf(Unreadable.class)
          .hasMessageContaining("坐标系");
      try (ComponentFile rows = open(file, Optional.of(Crs.WGS84))) {
        assertThat(all(rows)).hasSize(1);
      }
    }
  }

  @Test
  void without_the_member_it_is_degrees_and_null_says_nothing() throws IOException {
    for (String more : List.of("", ",\"crs\":null"))
      try (ComponentFile rows =
          open("{\"features\":[" + FEATURE + "]" + more + "}", Optional.empty())) {
        assertThat(rows.system()).isEqualTo(Crs.WGS84);
      }
  }

  @Test
  void a_file_that_breaks_off_is_refused_before_its_first_row() {
    assertThatThrownBy(() -> open("{\"features\":[" + FEATURE + "," + FEATURE, Optional.empty()))
        .isInstanceOf(Unreadable.class);
  }

  @Test
  void a_shapefile_brings_points_names_in_gbk_and_its_system() {
    ShapefileKit kit =
        ShapefileKit.points("32011301001000001", "供水井盖", 118.9, 32.1)
            .and("32011301001000002", "供水井盖二", new double[] {118.91, 32.11})
            .in(Charset.forName("GBK"));
    Path bare = kit.zipped(folder.resolve("bare.zip"));
    assertThatThrownBy(() -> ComponentFile.open(bare, reading(Optional.empty())))
        .isInstanceOf(Unreadable.class)
        .hasMessageContaining("没有说明坐标系");
    try (ComponentFile rows = ComponentFile.open(bare, reading(Optional.of(Crs.GCJ_02)))) {
      assertThat(rows.system()).isEqualTo(Crs.GCJ_02);
    }
    Path whole = kit.part(".prj", ShapefileKit.CGCS2000_PRJ).zipped(folder.resolve("whole.zip"));
    try (ComponentFile rows = ComponentFile.open(whole, reading(Optional.empty()))) {
      List<FileRow> found = all(rows);
      assertThat(found).hasSize(2);
      assertThat(found.getFirst().cells())
          .containsEntry("code", "32011301001000001")
          .containsEntry("name", "供水井盖")
          .containsEntry("lon", "118.9")
          .containsEntry("lat", "32.1");
    }
  }

  /** Each some kilobytes, and hours of reading if nobody stopped it. */
  @ParameterizedTest
  @ValueSource(strings = {"CSV", "GEOJSON"})
  void what_unpacks_without_end_is_stopped(Format format) throws IOException {
    Path bomb = folder.resolve("bomb.gz");
    byte[] blank = new byte[1 << 20];
    java.util.Arrays.fill(blank, (byte) ' ');
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(bomb))) {
      out.write((format == Format.CSV ? "code,lon,lat\n" : "{").getBytes(StandardCharsets.UTF_8));
      for (int i = 0; i < 600; i++) out.write(blank);
    }
    assertThatThrownBy(
            () -> {
              try (ComponentFile rows =
                  ComponentFile.open(
                      bomb,
                      new Reading(
                          format,
                          new FieldMap(Map.of()),
                          StandardCharsets.UTF_8,
                          Optional.empty()))) {
                all(rows);
              }
            })
        .isInstanceOf(Unreadable.class)
        .hasMessageContaining("512 MiB");
  }

  private ComponentFile open(String json, Optional<CoordinateSystem> said) throws IOException {
    return ComponentFile.open(
        Files.writeString(folder.resolve("x.geojson"), json),
        new Reading(Format.GEOJSON, new FieldMap(Map.of()), StandardCharsets.UTF_8, said));
  }

  private static Reading reading(Optional<CoordinateSystem> said) {
    return new Reading(
        Format.SHAPEFILE,
        new FieldMap(Map.of("code", "c", "name", "n")),
        StandardCharsets.UTF_8,
        said);
  }

  private static List<FileRow> all(ComponentFile rows) {
    List<FileRow> found = new ArrayList<>();
    rows.forEachRemaining(found::add);
    return found;
  }
}
