package org.gridline.gis.grids;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Formatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.gridline.gis.boundary.Area;
import org.gridline.gis.boundary.CheckedBoundaries;
import org.gridline.gis.boundary.FileCrs;
import org.gridline.gis.boundary.Finding;
import org.gridline.gis.boundary.Layer;
import org.gridline.gis.boundary.LayerSource;
import org.gridline.gis.boundary.UnusableBoundaries;
import org.gridline.gis.grids.UnitGrids.Made;
import org.locationtech.jts.geom.Envelope;

/**
 * {@code ./gridline boundaries grids}: makes the unit grids of a city and writes them as GeoJSON in
 * WGS 84, to a file or to standard output, which then holds nothing else. The summary for people
 * goes to standard output beside a file, to standard error otherwise.
 *
 * <p>{@code --crs} speaks of the files, as in {@code boundaries import}; {@code --plane} of the
 * projection in which a hectare is measured. Exit codes: 0 done, 1 the files or what they hold
 * can't be used, 2 wrong arguments. A file is written whole or not at all.
 */
public final class MakeGrids {
  private static final int DONE = 0;
  private static final int FAILED = 1;
  private static final int WRONG_ARGUMENTS = 2;

  private final MakeGridsOptions options;
  private final PrintStream err;

  private MakeGrids(MakeGridsOptions options, PrintStream err) {
    this.options = options;
    this.err = err;
  }

  public static void main(String[] arguments) {
    System.exit(
        run(
            List.of(arguments),
            new FileOutputStream(FileDescriptor.out),
            new PrintStream(
                new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8)));
  }

  /** The whole command; answers the exit code. */
  static int run(List<String> arguments, OutputStream out, PrintStream err) {
    MakeGridsOptions options;
    Optional<Plane> plane;
    try {
      options = MakeGridsOptions.parse(arguments);
      if (options.crs() instanceof FileCrs.Said said) {
        said.system().check();
      }
      plane = options.plane().map(Plane::of);
      // The rest of the wish is checked before any file is read.
      wish(options, plane.orElseGet(() -> Plane.of(4549)));
    } catch (IllegalArgumentException e) {
      err.println("boundaries grids: " + e.getMessage());
      err.println(MakeGridsOptions.USAGE);
      return WRONG_ARGUMENTS;
    }
    try {
      new MakeGrids(options, err).make(plane, out);
      return DONE;
    } catch (UnusableBoundaries e) {
      err.println("boundaries grids: 文件不可用 " + e.getMessage());
      e.findings().forEach(finding -> err.println("  " + finding.code().id() + " " + finding));
      return FAILED;
    } catch (IllegalArgumentException | IOException | UncheckedIOException e) {
      err.println("boundaries grids: " + e.getMessage());
      return FAILED;
    }
  }

  private static GridWish wish(MakeGridsOptions options, Plane plane) {
    return new GridWish(
        options.squareMetres(), options.scrapShare(), options.codes(), plane, 1, "单元网格");
  }

  private void make(Optional<Plane> said, OutputStream out) throws IOException {
    List<Ground> grounds =
        read(options.communities(), options.code(), options.name(), "").stream()
            .map(a -> new Ground(a.code(), options.name().isEmpty() ? "" : a.name(), a.shape()))
            .toList();
    Optional<List<Land>> land = options.builtUp().map(this::land);
    Envelope box = new Envelope();
    grounds.forEach(ground -> box.expandToInclude(ground.shape().getEnvelopeInternal()));
    Plane plane = said.orElseGet(() -> Plane.around(box));
    err.println("投影 projection: EPSG:" + plane.epsg());
    Made made = UnitGrids.make(grounds, land, wish(options, plane), err::println);
    if (options.out().isEmpty()) {
      OutputStream buffered = new BufferedOutputStream(out, 1 << 16);
      GridFile.write("unitGrid", GridFile.Origin.GIVEN, made.grids(), buffered);
      buffered.flush();
      err.print(summary(made, grounds.size(), plane));
      err.flush();
      return;
    }
    write(made, options.out().get());
    out.write(summary(made, grounds.size(), plane).getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private List<Land> land(Path file) {
    // The reader knows a code, a name and a parent; here the last two say what the land is.
    return read(file, options.landCode(), options.landUse(), options.grade()).stream()
        .map(
            a ->
                new Land(
                    a.shape(),
                    Optional.of(a.name()).filter(use -> !options.landUse().isEmpty()),
                    a.parent()))
        .toList();
  }

  private List<Area> read(Path file, String code, String name, String parent) {
    CheckedBoundaries checked =
        CheckedBoundaries.read(
            List.of(
                new LayerSource(
                    file, new Layer("layer", "layer"), code, name, parent, options.crs())));
    for (Finding finding : checked.findings()) {
      err.println("repaired · 已修复: " + finding);
    }
    err.println(
        "读入 read " + file.getFileName() + ": " + checked.boundaries().areas().size() + " 个 areas");
    return checked.boundaries().areas();
  }

  /** Beside the file first, so that a run that breaks off leaves the old one. */
  private static void write(Made made, Path file) throws IOException {
    Path whole = file.toAbsolutePath();
    Path beside = whole.resolveSibling(whole.getFileName() + ".new");
    try {
      try (OutputStream to =
          GridFile.packed(
              whole.toString(), new BufferedOutputStream(Files.newOutputStream(beside)))) {
        GridFile.write("unitGrid", GridFile.Origin.GIVEN, made.grids(), to);
      }
      Files.move(beside, whole, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(beside);
    }
  }

  private String summary(Made made, int communities, Plane plane) {
    double[] sizes = made.grids().stream().mapToDouble(UnitGrid::squareMetres).sorted().toArray();
    double total = 0;
    for (double size : sizes) {
      total += size;
    }
    long with = made.grids().stream().map(UnitGrid::parent).distinct().count();
    Formatter text = new Formatter(Locale.ROOT);
    text.format("单元网格 unit grids: %,d 个\n", sizes.length);
    text.format("社区 communities: %,d,其中有网格 with grids %,d\n", communities, with);
    text.format("总面积 ground: %,.0f ㎡ (EPSG:%d)\n", total, plane.epsg());
    text.format(
        "每格面积 size of a grid: 最小 min %,.0f,10%% %,.0f,中位 median %,.0f,90%% %,.0f,最大 max %,.0f ㎡\n",
        at(sizes, 0), at(sizes, 0.1), at(sizes, 0.5), at(sizes, 0.9), at(sizes, 1));
    text.format(
        "合并碎块 scraps merged into a neighbour: %,d (小于 below %,.0f ㎡)\n",
        made.scraps(), options.squareMetres() * options.scrapShare());
    if (made.crumbs() > 0) {
      text.format(
          "舍去的零星碎片 lone crumbs left out: %,d,共 together %,.1f ㎡\n",
          made.crumbs(), made.crumbSquareMetres());
    }
    options.out().ifPresent(file -> text.format("已写入 written: %s\n", file));
    return text.toString();
  }

  private static double at(double[] sorted, double share) {
    return sorted[(int) Math.round(share * (sorted.length - 1))];
  }
}
