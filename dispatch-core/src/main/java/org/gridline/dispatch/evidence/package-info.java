/**
 * Evidence: photos, letters and recordings that belong to a ticket's steps.
 *
 * <p>In: a stream of bytes with what its sender states. Out: pieces that a report or an action
 * names. Called by intake, by the lifecycle and by the pages that show them. Invariant: what a file
 * is follows from its bytes, it is never whole in memory, and a step's event names each piece by
 * its hash.
 */
@NullMarked
package org.gridline.dispatch.evidence;

import org.jspecify.annotations.NullMarked;
