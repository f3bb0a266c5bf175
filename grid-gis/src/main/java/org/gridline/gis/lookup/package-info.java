/**
 * Exact lookup: which area of each layer holds a position, and how sure that is.
 *
 * <p>In: checked boundaries and positions. Out: area codes, a flag, the distance to the nearest
 * boundary and candidates. Anyone may call, from any thread. Invariant: an index never changes, and
 * answers as {@code covers} of the exact polygons would, the lowest code first where areas meet.
 */
@NullMarked
package org.gridline.gis.lookup;

import org.jspecify.annotations.NullMarked;
