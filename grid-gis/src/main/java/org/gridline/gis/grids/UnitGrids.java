package org.gridline.gis.grids;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.gridline.gis.grids.Arrangement.Face;
import org.gridline.gis.grids.Pieces.Piece;
import org.gridline.gis.grids.Raster.Cell;
import org.locationtech.jts.coverage.CoverageUnion;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Geometry;

/**
 * Makes the grids of a city.
 *
 * <p>Squares of one size are laid over the ground and cut by its borders; what is too small goes to
 * a neighbour on the same ground. Inside a community grids are numbered like the words on a page:
 * from west to east, row by row from north to south (从左到右、从上到下).
 */
public final class UnitGrids {
  /** A lone piece smaller than this share of the target is no grid, only a flaw of the input. */
  private static final double CRUMB_SHARE = 0.01;

  /**
   * What was made.
   *
   * @param grids by code
   * @param scraps how many pieces were too small and went to a neighbour
   * @param crumbs how many lone pieces, each below a hundredth of the target, were left out
   * @param crumbSquareMetres their size together
   */
  public record Made(List<UnitGrid> grids, int scraps, int crumbs, double crumbSquareMetres) {
    public Made {
      grids = List.copyOf(grids);
    }
  }

  private record Numbered(Piece piece, Cell cell, Coordinate inside) {}

  private UnitGrids() {}

  /**
   * Grids over the whole of each ground, or over what of it is land.
   *
   * @param land empty for the whole ground
   * @param progress is told in a line what is done
   * @throws IllegalArgumentException when a code has not the digits wanted, a community has more
   *     grids than its number has digits for, the ground is too wide, or nothing of it is land; the
   *     message says what to do, Chinese first
   */
  public static Made make(
      List<Ground> grounds, Optional<List<Land>> land, GridWish wish, Consumer<String> progress) {
    checkCodes(grounds, wish.codes());
    Raster raster = new Raster(wish);
    List<Face> faces = Arrangement.faces(grounds, land, raster);
    if (faces.isEmpty()) {
      throw new IllegalArgumentException(
          "没有可划分的土地,请核对两个文件的范围和坐标系 · there is no ground to divide; do the two files lie in the"
              + " same place, in the systems named?");
    }
    progress.accept("切割 cut: " + faces.size() + " 块 pieces");
    Map<String, Integer> communities = new HashMap<>();
    int[] communityOf =
        grounds.stream()
            .mapToInt(g -> communities.computeIfAbsent(g.code(), code -> communities.size()))
            .toArray();
    Pieces pieces = new Pieces(faces, communityOf, wish.plane());
    pieces.joinScraps(wish.squareMetres() * wish.scrapShare());
    progress.accept("合并碎块 scraps merged: " + pieces.scraps());
    Map<String, List<Numbered>> byCommunity = new TreeMap<>();
    int crumbs = 0;
    double crumbSquareMetres = 0;
    for (Piece piece : pieces.list()) {
      if (piece.squareMetres() < wish.squareMetres() * CRUMB_SHARE) {
        crumbs++;
        crumbSquareMetres += piece.squareMetres();
        continue;
      }
      Face largest = piece.faces().getFirst();
      byCommunity
          .computeIfAbsent(grounds.get(largest.ground()).code(), code -> new ArrayList<>())
          .add(
              new Numbered(
                  piece, largest.cell(), largest.shape().getInteriorPoint().getCoordinate()));
    }
    Map<String, String> names = names(grounds);
    List<UnitGrid> grids = new ArrayList<>();
    byCommunity.forEach(
        (code, numbered) ->
            number(code, names.getOrDefault(code, code), numbered, land, wish, grids));
    progress.accept("编码 numbered: " + grids.size() + " 个网格 grids");
    return new Made(grids, pieces.scraps(), crumbs, crumbSquareMetres);
  }

  private static void checkCodes(List<Ground> grounds, GridCodes codes) {
    for (Ground ground : grounds) {
      if (!codes.fits(ground.code())) {
        throw new IllegalArgumentException(
            "社区代码 "
                + ground.code()
                + " 不是 "
                + codes.parentDigits()
                + " 位数字,请核对 --code 或用 --segments 说明各段位数 · the community code has to be "
                + codes.parentDigits()
                + " digits; is --code the right property? --segments says other lengths");
      }
    }
  }

  private static Map<String, String> names(List<Ground> grounds) {
    Map<String, String> names = new HashMap<>();
    for (Ground ground : grounds) {
      names.putIfAbsent(ground.code(), ground.name().isBlank() ? ground.code() : ground.name());
    }
    return names;
  }

  private static void number(
      String community,
      String name,
      List<Numbered> numbered,
      Optional<List<Land>> land,
      GridWish wish,
      List<UnitGrid> grids) {
    if (numbered.size() > wish.codes().most()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "社区 %s 有 %d 个网格,而 %d 位顺序码只到 %d:请用更大的目标面积(--area %d 以上)或更长的代码(--segments %s)"
                  + " · community %1$s has %2$d grids, but %3$d digits only count to %4$d:"
                  + " say a larger target (--area %5$d or more) or a longer code (--segments %6$s)",
              community,
              numbered.size(),
              wish.codes().segments().getLast(),
              wish.codes().most(),
              (long) Math.ceil(wish.squareMetres() * numbered.size() / wish.codes().most() * 1.1),
              wish.codes().longer()));
    }
    numbered.sort(
        Comparator.comparing(Numbered::cell)
            .thenComparing(Numbered::inside, Comparator.naturalOrder()));
    for (int order = 1; order <= numbered.size(); order++) {
      Piece piece = numbered.get(order - 1).piece();
      grids.add(
          new UnitGrid(
              wish.codes().code(community, order),
              name + "第" + order + wish.word(),
              community,
              shape(piece),
              piece.squareMetres(),
              most(piece, land, Land::use),
              most(piece, land, Land::grade)));
    }
  }

  private static Geometry shape(Piece piece) {
    Geometry[] faces = piece.faces().stream().map(Face::shape).toArray(Geometry[]::new);
    return Lattice.toDegrees(faces.length == 1 ? faces[0] : CoverageUnion.union(faces));
  }

  /** What most of a piece's land says; nothing when most of it says nothing. */
  private static Optional<String> most(
      Piece piece, Optional<List<Land>> land, Function<Land, Optional<String>> what) {
    Map<String, Double> sizes = new TreeMap<>();
    for (Face face : piece.faces()) {
      face.land()
          .ifPresent(
              number ->
                  sizes.merge(
                      what.apply(land.orElseThrow().get(number)).orElse(""),
                      face.shape().getArea(),
                      Double::sum));
    }
    return sizes.entrySet().stream()
        .max(
            Map.Entry.<String, Double>comparingByValue()
                .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
        .map(Map.Entry::getKey)
        .filter(said -> !said.isEmpty());
  }
}
