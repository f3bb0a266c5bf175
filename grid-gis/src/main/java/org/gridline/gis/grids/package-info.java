/**
 * Makes the grids of a city: unit grids (单元网格) over communities and built-up land, and larger grids
 * (责任网格, 综合网格) out of them.
 *
 * <p>In: areas with codes, and land polygons where there are any. Out: coded polygons, and a
 * GeoJSON file of them. Called by {@code ./gridline boundaries grids} and by the sample district;
 * nothing at run time. Invariant: the grids of one run tile their ground with identical vertices,
 * and the same input gives the same bytes.
 */
@NullMarked
package org.gridline.gis.grids;

import org.jspecify.annotations.NullMarked;
