/**
 * A ticket's whole life against a workflow engine and against bare statements: P6 of the goals.
 *
 * <p>In: a PostgreSQL that may be filled, {@code pgbench}. Out: a table and one line of JSON.
 * Nothing is built on it. Invariant: what both sides wrote is counted in the database afterwards;
 * the bare statements are those that Gridline itself sent, taken from the server's log.
 */
@NullMarked
package org.gridline.bench.lifecycle;

import org.jspecify.annotations.NullMarked;
