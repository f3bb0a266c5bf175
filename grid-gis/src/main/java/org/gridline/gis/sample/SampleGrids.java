package org.gridline.gis.sample;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.gridline.gis.boundary.Area;
import org.gridline.gis.grids.GridCodes;
import org.gridline.gis.grids.GridGroups;
import org.gridline.gis.grids.GridWish;
import org.gridline.gis.grids.Ground;
import org.gridline.gis.grids.Land;
import org.gridline.gis.grids.Plane;
import org.gridline.gis.grids.UnitGrid;
import org.gridline.gis.grids.UnitGrids;
import org.locationtech.jts.coverage.CoverageUnion;
import org.locationtech.jts.geom.Geometry;

/**
 * The grids of the sample district, made by the generator that a real city uses, and the levels
 * above put together from them again, so that every level has the corners of the one below.
 */
record SampleGrids(
    List<UnitGrid> district,
    List<UnitGrid> streets,
    List<UnitGrid> communities,
    List<UnitGrid> workerGrids,
    List<UnitGrid> patrolGrids,
    List<UnitGrid> unitGrids,
    List<UnitGrid> builtUp) {
  private static final String DISTRICT = "320113";
  private static final String CITY = "320100";
  private static final int NANJING = 4549;

  /** Six unit grids wide, so that the squares of one lie in those of the other. */
  private static final double WORKER_GRID_SQUARE_METRES = 360_000;

  private static final int UNIT_GRIDS_WIDE = 6;
  private static final int UNIT_GRIDS_PER_PATROL = 34;

  static SampleGrids make(List<Village> villages, List<Area> drawn, Metres metres) {
    Map<String, Village> byCode =
        villages.stream().collect(Collectors.toMap(Village::code, village -> village));
    List<Ground> grounds =
        drawn.stream()
            .map(a -> new Ground(a.code(), village(byCode, a.code()).shortName(), a.shape()))
            .toList();
    Plane plane = Plane.of(NANJING);
    List<UnitGrid> workerGrids =
        UnitGrids.make(
                grounds,
                Optional.empty(),
                wish(WORKER_GRID_SQUARE_METRES, UNIT_GRIDS_WIDE, "网格", plane),
                line -> {})
            .grids();
    SampleLand made = new SampleLand(metres);
    List<Land> land = new ArrayList<>();
    List<UnitGrid> builtUp = new ArrayList<>();
    for (Area community : drawn) {
      int number = 1;
      for (Land piece : made.builtUp(community, village(byCode, community.code()).isWholeZone())) {
        land.add(piece);
        builtUp.add(builtUp(community, number++, piece, metres));
      }
    }
    // Unit grids lie each in one 综合网格, but are numbered by community.
    List<Ground> within =
        workerGrids.stream()
            .map(
                grid ->
                    new Ground(
                        grid.parent(), village(byCode, grid.parent()).shortName(), grid.shape()))
            .toList();
    List<UnitGrid> unitGrids =
        UnitGrids.make(
                within,
                Optional.of(land),
                wish(GridWish.USUAL_SQUARE_METRES, 1, "单元网格", plane),
                line -> {})
            .grids();
    List<UnitGrid> patrols =
        GridGroups.byCount(unitGrids, UNIT_GRIDS_PER_PATROL, GridCodes.FIFTEEN, "责任网格");
    Map<String, String> streetNames = new TreeMap<>();
    villages.forEach(village -> streetNames.put(village.streetCode(), village.streetName()));
    List<UnitGrid> communities = new ArrayList<>();
    for (Village village : villages) {
      communities.add(
          above(village.code(), village.name(), village.streetCode(), workerGrids, metres));
    }
    List<UnitGrid> streets = new ArrayList<>();
    streetNames.forEach(
        (code, name) -> streets.add(above(code, name, DISTRICT, communities, metres)));
    UnitGrid district = above(DISTRICT, "栖霞区", CITY, streets, metres);
    return new SampleGrids(
        List.of(district), streets, communities, workerGrids, patrols, unitGrids, builtUp);
  }

  private static GridWish wish(double squareMetres, int pieces, String word, Plane plane) {
    return new GridWish(
        squareMetres, GridWish.USUAL_SCRAP_SHARE, GridCodes.FIFTEEN, plane, pieces, word);
  }

  private static Village village(Map<String, Village> byCode, String code) {
    Village found = byCode.get(code);
    if (found == null) {
      throw new IllegalArgumentException("the list of villages has no " + code);
    }
    return found;
  }

  private static UnitGrid builtUp(Area community, int number, Land land, Metres metres) {
    return new UnitGrid(
        community.code() + "-" + number,
        community.name(),
        community.code(),
        land.shape(),
        metres.areaSquareMetres(land.shape()),
        land.use(),
        land.grade());
  }

  /** The area whose children are those with this code as parent. */
  private static UnitGrid above(
      String code, String name, String parent, List<UnitGrid> children, Metres metres) {
    Geometry[] own =
        children.stream()
            .filter(child -> child.parent().equals(code))
            .map(UnitGrid::shape)
            .toArray(Geometry[]::new);
    Geometry shape = CoverageUnion.union(own);
    shape.normalize();
    Geometry turned = shape.reverse();
    return new UnitGrid(
        code,
        name,
        parent,
        turned,
        metres.areaSquareMetres(turned),
        Optional.empty(),
        Optional.empty());
  }
}
