/**
 * Reports that become tickets, against bare statements: P4 below HTTP, P5 and P15 of the goals.
 *
 * <p>In: a PostgreSQL that may be filled, {@code pgbench}. Out: a table and one line of JSON.
 * Nothing is built on it. Invariant: what each side wrote is counted in the database; the bare
 * statement is the one that Gridline itself sent, taken from the server's log.
 */
@NullMarked
package org.gridline.bench.intake;

import org.jspecify.annotations.NullMarked;
