/**
 * Taking a report: the one door through which anything becomes a ticket.
 *
 * <p>In: a {@code Report} with its idempotency key. Out: a {@code Receipt}. Called by every
 * channel. Invariant: what was acknowledged exists exactly once, and the same key always gets the
 * same bytes.
 */
@NullMarked
package org.gridline.dispatch.intake;

import org.jspecify.annotations.NullMarked;
