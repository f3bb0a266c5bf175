/**
 * The life of a ticket as a table, and the pure decision what an action does.
 *
 * <p>In: ticket, action, actor, policy, now. Out: a {@code Decision}, or a {@code Failure}. Called
 * by intake and the console. Invariant: no I/O, no clock, no step outside {@link
 * org.gridline.dispatch.ticket.Lifecycle}.
 */
@NullMarked
package org.gridline.dispatch.ticket;

import org.jspecify.annotations.NullMarked;
