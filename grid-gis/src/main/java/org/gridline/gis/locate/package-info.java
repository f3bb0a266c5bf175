/**
 * The command {@code locate}: codes and flags for a stream of points, without server or database.
 *
 * <p>In: a boundary file and CSV rows. Out: CSV rows, and words for people on the error stream.
 * Started by the launcher. Invariant: one row out for each row in, in the same order.
 */
@NullMarked
package org.gridline.gis.locate;

import org.jspecify.annotations.NullMarked;
