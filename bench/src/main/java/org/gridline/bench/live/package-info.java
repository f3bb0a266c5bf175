/**
 * The live feed, P8 and P9 of the goals: against a bare Vert.x server that broadcasts the same
 * frames to the same client.
 *
 * <p>In: a PostgreSQL that may be filled, the built server. Out: a table and one line of JSON.
 * Nothing is built on it. Invariant: an update counts when every socket has it.
 */
@NullMarked
package org.gridline.bench.live;

import org.jspecify.annotations.NullMarked;
