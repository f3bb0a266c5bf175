/**
 * Time limits, the working calendar, and lamps.
 *
 * <p>In: a clock that starts. Out: when it turns yellow and red. Called by ticket decisions.
 * Invariant: a due time is a pure function of limit, calendar and start.
 */
@NullMarked
package org.gridline.dispatch.deadline;

import org.jspecify.annotations.NullMarked;
