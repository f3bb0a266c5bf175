/**
 * Who is told what, until somebody acknowledges it.
 *
 * <p>In: what happened and the city's rules. Out: notices for roles, units and people. Called by
 * the deadline sweep and the console. Invariant: a notice names a ticket and holds no personal
 * data.
 */
@NullMarked
package org.gridline.dispatch.notice;

import org.jspecify.annotations.NullMarked;
