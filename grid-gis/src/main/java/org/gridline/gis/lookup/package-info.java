/**
 * Exact lookup: which area of each layer holds a position, and how sure that is.
 *
 * <p>In: checked boundaries and positions. Out: area codes, a flag, the distance to the nearest
 * boundary and candidates. Anyone may call, from any thread. Invariant: an index never changes, and
 * answers as exact arithmetic on the polygons, rounded to 1e-9 degree, would; the lowest code first
 * where areas meet.
 */
@NullMarked
package org.gridline.gis.lookup;

import org.jspecify.annotations.NullMarked;
