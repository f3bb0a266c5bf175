package org.gridline.gis.boundary;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a stranger's bytes are thrown at: each reads a file as an import does. The only error that
 * may come out is {@link UnusableBoundaries}. {@link HostileBytesTest} does it in the tests.
 *
 * <p>Guided by coverage, with Jazzer ({@code com.code-intelligence:jazzer}): {@code .ci/fuzz}.
 */
public final class FuzzTargets {
  private static final Path FOLDER = folder();

  private FuzzTargets() {}

  /**
   * Called once before the first run: what is slow the first time (the register of systems,
   * SQLite's native library) is not counted against an input.
   */
  public static void fuzzerInitialize() {
    geoJson(geoJsonSeed());
    geoPackage(geoPackageSeed());
    shapefile(shapefileSeed());
    zip(zipSeed());
    points(pointsSeed());
  }

  /** Writes the sound files that fuzzing begins with, each into a folder of its target. */
  public static void main(String[] arguments) throws IOException {
    Map<String, byte[]> seeds =
        Map.of(
            "geojson", geoJsonSeed(),
            "geopackage", geoPackageSeed(),
            "shapefile", shapefileSeed(),
            "zip", zipSeed(),
            "points", pointsSeed());
    for (Map.Entry<String, byte[]> seed : seeds.entrySet()) {
      Path folder = Files.createDirectories(Path.of(arguments[0], seed.getKey(), "corpus"));
      Files.write(folder.resolve("sound"), seed.getValue());
    }
  }

  /** Where Jazzer begins; the format is that of the property {@code gridline.fuzz}. */
  public static void fuzzerTestOneInput(byte[] bytes) {
    switch (System.getProperty("gridline.fuzz", "")) {
      case "geojson" -> geoJson(bytes);
      case "geopackage" -> geoPackage(bytes);
      case "zip" -> zip(bytes);
      case "points" -> points(bytes);
      default -> shapefile(bytes);
    }
  }

  static void geoJson(byte[] bytes) {
    read(write("fuzz.geojson", bytes));
  }

  static void geoPackage(byte[] bytes) {
    read(write("fuzz.gpkg", bytes));
  }

  static void zip(byte[] bytes) {
    read(write("fuzz.zip", bytes));
  }

  /** The parts of a shapefile one after the other, see {@link #joined}. */
  static void shapefile(byte[] bytes) {
    int at = 0;
    for (String extension : List.of(".shp", ".dbf", ".prj", ".cpg")) {
      int left = bytes.length - at;
      int length = left < 2 ? left : Math.min(left - 2, word(bytes, at));
      int from = Math.min(bytes.length, at + 2);
      write("fuzz" + extension, Arrays.copyOfRange(bytes, from, Math.max(from, from + length)));
      at = from + Math.max(0, length);
    }
    // The first bytes tell the format, so they are not left to chance.
    byte[] shp = bytesOf("fuzz.shp");
    if (shp.length >= 4) {
      System.arraycopy(new byte[] {0, 0, 0x27, 0x0a}, 0, shp, 0, 4);
      write("fuzz.shp", shp);
    }
    read(FOLDER.resolve("fuzz.shp"));
  }

  /** The parts with two bytes of length before each. */
  static byte[] joined(ShapefileKit kit) {
    Map<String, byte[]> all = new TreeMap<>(kit.all());
    java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
    for (String extension : List.of(".shp", ".dbf", ".prj", ".cpg")) {
      byte[] part = all.getOrDefault(extension, new byte[0]);
      out.write(part.length >> 8);
      out.write(part.length);
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  private static int word(byte[] bytes, int at) {
    return Byte.toUnsignedInt(bytes[at]) << 8 | Byte.toUnsignedInt(bytes[at + 1]);
  }

  static byte[] geoJsonSeed() {
    return """
    {"crs":{"type":"name","properties":{"name":"EPSG:4490"}},"type":"FeatureCollection","features":[
    {"type":"Feature","properties":{"c":"1","n":"名","p":7},"geometry":{"type":"Polygon",
    "coordinates":[[[118,32],[118.1,32],[118.1,32.1],[118,32.1],[118,32]],[[118.04,32.04],[118.04,32.06],[118.06,32.06],[118.04,32.04]]]}},
    {"type":"Feature","properties":{"c":2},"geometry":{"coordinates":[[[[119,32,5],[119.1,32,5],[119.1,32.1,5],[119,32,5]]]],
    "type":"MultiPolygon"}}]}"""
        .getBytes(StandardCharsets.UTF_8);
  }

  static byte[] shapefileSeed() {
    return joined(
        ShapefileKit.with("1", "one", ShapefileKit.SQUARE, ShapefileKit.HOLE)
            .and("2", "two", new double[] {119, 32, 119, 32.1, 119.1, 32, 119, 32})
            .part(".prj", ShapefileKit.CGCS2000_PRJ)
            .part(".cpg", "UTF-8"));
  }

  static byte[] zipSeed() {
    return bytesOf(
        ShapefileKit.with("1", "one", ShapefileKit.SQUARE)
            .part(".prj", ShapefileKit.CGCS2000_PRJ)
            .zipped(FOLDER.resolve("seed.zip")));
  }

  static void points(byte[] bytes) {
    Path file = write("fuzz.points.zip", bytes);
    try (PointShapefile points = PointShapefile.open(file)) {
      points.system();
      while (points.next(field -> true).isPresent()) {
        // Only reading it counts.
      }
    } catch (UnusableBoundaries expected) {
      if (expected.findings().isEmpty()) {
        throw new AssertionError("refused without a reason", expected);
      }
    }
  }

  static byte[] pointsSeed() {
    return bytesOf(
        ShapefileKit.points("1", "one", 118.9, 32.1)
            .and("2", "two", new double[] {119, 32})
            .part(".prj", ShapefileKit.CGCS2000_PRJ)
            .zipped(FOLDER.resolve("seed.points.zip")));
  }

  static byte[] geoPackageSeed() {
    Path file = FOLDER.resolve("seed.gpkg");
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytesOf(
        new GeoPackageKit()
            .small()
            .and("1", "one", GeoPackageKit.blob(GeoPackageKit.SQUARE))
            .and("2", "two", GeoPackageKit.blob("POLYGON((119 32,119.1 32,119.1 32.1,119 32))"))
            .write(file));
  }

  private static void read(Path file) {
    try {
      CheckedBoundaries.read(
          List.of(new LayerSource(file, new Layer("l", "l"), "c", "n", "p", new FileCrs.Unsaid())));
      FieldList.of(file);
    } catch (UnusableBoundaries expected) {
      if (expected.findings().isEmpty()) {
        throw new AssertionError("refused without a reason", expected);
      }
    }
  }

  private static byte[] bytesOf(String name) {
    return bytesOf(FOLDER.resolve(name));
  }

  private static byte[] bytesOf(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path write(String name, byte[] bytes) {
    try {
      return Files.write(FOLDER.resolve(name), bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path folder() {
    try {
      Path folder = Files.createTempDirectory("gridline-fuzz");
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> {
                    java.io.File[] left = folder.toFile().listFiles();
                    for (java.io.File file : left == null ? new java.io.File[0] : left) {
                      file.delete();
                    }
                    folder.toFile().delete();
                  }));
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
