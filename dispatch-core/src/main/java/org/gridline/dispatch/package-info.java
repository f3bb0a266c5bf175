/**
 * The head of Gridline: a report becomes a ticket, gets an owner and a clock, and walks the closed
 * loop.
 *
 * <p>In: reports and actions. Out: tickets and events. Called by the adapters and the console;
 * knows nothing of HTTP, SIP or HTML. Invariant: feature packages are pure, only {@code store}
 * speaks SQL.
 */
@NullMarked
package org.gridline.dispatch;

import org.jspecify.annotations.NullMarked;
