package org.gridline.gis.boundary;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.gridline.gis.boundary.Finding.Code;
import org.gridline.gis.position.CoordinateSystem;
import org.gridline.gis.position.Crs;

/**
 * Reads the areas of one file: GeoJSON, plain or gzip; a shapefile, as its files side by side or
 * zipped together; a GeoPackage. What it is is told by its first bytes, not by its name.
 *
 * <p>Each area by itself is sound; whether they fit together is {@link LayerFit}'s question.
 */
public final class BoundaryFile {
  private static final byte[] ZIP = {'P', 'K', 3, 4};
  private static final byte[] SHAPEFILE = {0, 0, 0x27, 0x0a};
  private static final byte[] SQLITE =
      "SQLite format 3\0".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

  /**
   * @param areas in the file's order, at least one
   * @param findings what was repaired, and what somebody should look at
   */
  public record Read(List<Area> areas, List<Finding> findings) {
    public Read {
      areas = List.copyOf(areas);
      findings = List.copyOf(findings);
    }
  }

  private BoundaryFile() {}

  /** As {@link #read(LayerSource, ReadingProgress)}, silently. */
  public static Read read(LayerSource from) {
    return read(from, ReadingProgress.SILENT);
  }

  /**
   * Reads all areas of a file.
   *
   * @throws UnusableBoundaries with all fatal findings: the file is too big or of no such format,
   *     or a feature has no code, the code of another, or a shape that {@link PolygonRepair}
   *     refuses
   * @throws UncheckedIOException when the file can't be read
   */
  public static Read read(LayerSource from, ReadingProgress progress) {
    AreaIntake intake = new AreaIntake(from, progress);
    try (FeatureFile file = open(from.file())) {
      FileCrs known = from.crs() instanceof FileCrs.Said ? from.crs() : file.crs();
      CoordinateSystem system =
          switch (known) {
            case FileCrs.Said(CoordinateSystem said) -> said;
            case FileCrs.Unsaid unsaid -> Crs.WGS84;
          };
      check(system);
      file.read(intake::wants, new ShapeMaker(system, known), intake);
      if (intake.features() == 0) {
        intake.refuseFile(Code.NO_FEATURE, "it has no feature");
      }
      system
          .doubt()
          .ifPresent(
              doubt ->
                  intake
                      .repaired()
                      .addFirst(new Finding(Code.SHIFT_UNKNOWN, from.layer().id(), doubt)));
    } catch (BadFile e) {
      intake.refuseFile(e.code(), e.reason());
    } catch (IOException e) {
      throw new UncheckedIOException("can't read " + from.file().getFileName() + ": " + e, e);
    }
    if (!intake.fatal().isEmpty()) {
      throw new UnusableBoundaries(String.valueOf(from.file().getFileName()), intake.fatal());
    }
    return new Read(intake.areas(), intake.repaired());
  }

  /** Opens it in the format that its first bytes tell. */
  static FeatureFile open(Path file) throws IOException {
    if (Files.size(file) > Limits.MAX_FILE_BYTES) {
      throw BoundaryBytes.tooBig(Limits.MAX_FILE_BYTES);
    }
    byte[] first;
    try (InputStream in = Files.newInputStream(file)) {
      first = in.readNBytes(SQLITE.length);
    }
    if (startsWith(first, ZIP)) {
      return ShapefileFeatures.zipped(file);
    }
    if (startsWith(first, SHAPEFILE)) {
      return ShapefileFeatures.sideBySide(file);
    }
    return startsWith(first, SQLITE) ? new GeoPackageFeatures(file) : new GeoJsonFeatures(file);
  }

  private static void check(CoordinateSystem system) throws BadFile {
    try {
      system.check();
    } catch (IllegalArgumentException e) {
      throw new BadFile(Code.CRS_UNKNOWN, String.valueOf(e.getMessage()));
    }
  }

  private static boolean startsWith(byte[] bytes, byte[] first) {
    return bytes.length >= first.length
        && Arrays.equals(bytes, 0, first.length, first, 0, first.length);
  }
}
