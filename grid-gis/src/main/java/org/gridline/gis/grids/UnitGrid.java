package org.gridline.gis.grids;

import java.util.Optional;
import org.locationtech.jts.geom.Geometry;

/**
 * A grid as made.
 *
 * @param code the community's code and the order number
 * @param name for people
 * @param parent code of the community
 * @param shape polygon (multipolygon only for groups of grids) in WGS 84 degrees of seven digits,
 *     shells counter-clockwise
 * @param squareMetres its size in the plane that it was drawn in
 * @param use 用地类别 of most of its land, where the source says it
 * @param grade 管理等级 of most of its land, where the source says it
 */
public record UnitGrid(
    String code,
    String name,
    String parent,
    Geometry shape,
    double squareMetres,
    Optional<String> use,
    Optional<String> grade) {}
