/**
 * {@code ./gridline bench routing}: how fast and how exact points find their polygons.
 *
 * <p>In: polygon files of the test data and the sample city, arguments, for PostGIS an address.
 * Out: a table for people, one JSON object as last line. Called by the launcher. Invariant: every
 * peer gets the same points and the same repaired polygons, in the same run, in turns.
 */
@NullMarked
package org.gridline.bench.routing;

import org.jspecify.annotations.NullMarked;
