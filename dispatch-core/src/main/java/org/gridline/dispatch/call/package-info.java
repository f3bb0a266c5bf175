/**
 * Conversations by telephone, as far as intake needs to know them: who talks with which agent, and
 * which tickets came of it.
 *
 * <p>In: steps of a call, in any order and repeated at will. Out: the call as it stands, and what
 * is known of its caller. Called by the hotline's adapter and the console. Invariant: what a call
 * is follows from the set of its steps alone, so no order of arrival can bring an ended call back.
 */
@NullMarked
package org.gridline.dispatch.call;

import org.jspecify.annotations.NullMarked;
