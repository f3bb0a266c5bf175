package org.gridline.gis.locate;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.gridline.gis.boundary.CheckedBoundaries;
import org.gridline.gis.boundary.Finding;
import org.gridline.gis.boundary.Layer;
import org.gridline.gis.boundary.LayerSource;
import org.gridline.gis.boundary.ReadingProgress;
import org.gridline.gis.boundary.UnusableBoundaries;
import org.gridline.gis.lookup.GroundIndex;
import org.gridline.gis.lookup.OverRepresentedPoints;
import org.gridline.gis.lookup.PlaceFlag;
import org.gridline.gis.lookup.QuickLookup;

/**
 * {@code ./gridline locate}: reads CSV {@code id,lon,lat} and writes CSV {@code id,code,flag}.
 *
 * <p>{@code --crs} speaks of the polygon file, as in {@code boundaries import}: without it the file
 * says its system itself or is in WGS 84. The points are WGS 84, longitude first, unless {@code
 * --points-crs} says otherwise. Exit codes: 0 done, 1 the boundaries or a stream can't be used, 2
 * wrong arguments. A bad row never ends the run.
 */
public final class Locate {
  private static final int DONE = 0;
  private static final int FAILED = 1;
  private static final int WRONG_ARGUMENTS = 2;
  private static final Layer LAYER = new Layer("layer", "layer");

  private Locate() {}

  public static void main(String[] arguments) {
    // The raw streams: System.out would swallow errors, and both are buffered here already.
    System.exit(
        run(
            List.of(arguments),
            new FileInputStream(FileDescriptor.in),
            new FileOutputStream(FileDescriptor.out),
            new PrintStream(
                new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8)));
  }

  /** The whole command; answers the exit code. */
  static int run(List<String> arguments, InputStream in, OutputStream out, PrintStream err) {
    LocateOptions options;
    try {
      options = LocateOptions.parse(arguments);
      options.pointsCrs().check();
    } catch (IllegalArgumentException e) {
      err.println("locate: " + e.getMessage());
      err.println(LocateOptions.USAGE);
      return WRONG_ARGUMENTS;
    }
    try {
      CheckedBoundaries checked =
          CheckedBoundaries.readEach(
              List.of(
                  new LayerSource(
                      options.boundaries(), LAYER, options.code(), "", "", options.crs())),
              ReadingProgress.SILENT);
      for (Finding finding : checked.findings()) {
        Finding.Severity grade = finding.severity();
        err.println(grade.en() + " · " + grade.zh() + ": " + finding);
      }
      QuickLookup ground =
          QuickLookup.build(
              GroundIndex.build(checked.boundaries(), options.suspectPoints(), List.of()));
      LocateRows rows = new LocateRows(ground, options.pointsCrs(), out, err);
      rows.run(in);
      report(rows, checked, err);
      return DONE;
    } catch (UnusableBoundaries e) {
      err.println("locate: " + options.boundaries().getFileName() + " can't be used · 边界不可用");
      e.findings().forEach(finding -> err.println("  " + finding.code().id() + " " + finding));
      return FAILED;
    } catch (IOException | UncheckedIOException e) {
      err.println("locate: " + e.getMessage());
      return FAILED;
    }
  }

  private static void report(LocateRows rows, CheckedBoundaries checked, PrintStream err) {
    StringBuilder line = new StringBuilder();
    line.append(rows.counted().rows()).append(" rows");
    for (PlaceFlag flag : PlaceFlag.values()) {
      line.append(", ").append(flag.spelling()).append(' ').append(rows.with(flag));
    }
    line.append(", unreadable ").append(rows.bad());
    line.append("; ").append(checked.boundaries().areas().size()).append(" areas, ");
    line.append(
        checked.findings().stream()
            .filter(f -> f.severity() == Finding.Severity.REPAIRED)
            .map(Finding::feature)
            .distinct()
            .count());
    line.append(" repaired");
    err.println(line);
    for (OverRepresentedPoints.Point point : rows.counted().list()) {
      err.printf(
          java.util.Locale.ROOT,
          "over-represented point · 疑似默认坐标: %s,%s has %d of %d rows (%.1f %%);"
              + " if a program writes it for want of a place, say --suspect %s,%s%n",
          point.lon(),
          point.lat(),
          point.rows(),
          rows.counted().rows(),
          100 * point.share(),
          point.lon(),
          point.lat());
    }
  }
}
