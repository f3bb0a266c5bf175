/**
 * What happened, in one order, provable.
 *
 * <p>In: decisions. Out: hashed events and their positions. Called by the store, the feed and
 * verification. Invariant: events hold no personal data; one event per (ticket, version).
 */
@NullMarked
package org.gridline.dispatch.event;

import org.jspecify.annotations.NullMarked;
