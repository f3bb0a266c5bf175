/**
 * The ground as it changes: versions of the boundaries, which one holds when, and what became of
 * old areas.
 *
 * <p>In: versions from the store's port. Out: immutable snapshots, and what has to follow a switch.
 * Called by the console and, for the current snapshot, by intake. Invariant: whoever takes one
 * snapshot for a piece of work finds place and version in agreement, whatever is switched
 * meanwhile.
 */
@NullMarked
package org.gridline.dispatch.ground;

import org.jspecify.annotations.NullMarked;
