/**
 * The exact answer to "whose ground is this", for all layers at once and at the speed of memory.
 *
 * <p>In: areas of some layers, in the order in which they win. Out: an immutable {@code OwnerGrid}.
 * Called by the lookup. Invariant: the grid answers what exact arithmetic on the lattice answers,
 * for every position.
 */
@NullMarked
package org.gridline.gis.owner;

import org.jspecify.annotations.NullMarked;
