/**
 * Built grids as files, so that a start need not build again what the start before has built.
 *
 * <p>In: what a builder was given. Out: the grid that it would build, and a file of it. Called by
 * the lookup. Invariant: what is read is what was written, for exactly these areas, or it is not
 * taken.
 */
@NullMarked
package org.gridline.gis.kept;

import org.jspecify.annotations.NullMarked;
