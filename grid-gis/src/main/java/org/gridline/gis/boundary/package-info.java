/**
 * Areas with codes: the layers of a city's ground, from district down to grid.
 *
 * <p>In: GeoJSON files of a city pack, an import or a command. Out: checked areas in WGS 84,
 * longitude first, and findings about what was repaired. Anyone may call. Invariant: an {@code
 * Area} has a code and a valid, non-empty polygon with finite coordinates, and no two areas of a
 * {@code Boundaries} share layer and code.
 */
@NullMarked
package org.gridline.gis.boundary;

import org.jspecify.annotations.NullMarked;
