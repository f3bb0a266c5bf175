/**
 * Timers against a bare loop: P7 of the goals.
 *
 * <p>In: a PostgreSQL that may be filled. Out: a table and one line of JSON. Nothing is built on
 * it. Invariant: both sides write the same rows for the same clocks, and what was fired is counted
 * in the database afterwards.
 */
@NullMarked
package org.gridline.bench.timers;

import org.jspecify.annotations.NullMarked;
