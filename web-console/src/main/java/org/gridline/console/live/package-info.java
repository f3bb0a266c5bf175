/**
 * The live feed: what changed in the log, told to everybody who may know it.
 *
 * <p>In: the sealed log and the current tickets. Out: server-sent events, or compact messages of a
 * WebSocket. Called by {@code Main} and by browsers. Invariant: no frame reaches a client whose
 * scope does not cover its ticket, and {@code seq} never goes back in a stream.
 */
@NullMarked
package org.gridline.console.live;

import org.jspecify.annotations.NullMarked;
