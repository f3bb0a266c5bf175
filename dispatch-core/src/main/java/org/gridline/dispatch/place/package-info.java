/**
 * Where a report happened, in the words of the district's layers.
 *
 * <p>In: a raw position or an address. Out: a {@code Place} that says how sure it is. Called by
 * intake and the console. Invariant: a doubtful place is flagged, never guessed.
 */
@NullMarked
package org.gridline.dispatch.place;

import org.jspecify.annotations.NullMarked;
