/**
 * Ten times as many reports as the house takes, P13 of the goals.
 *
 * <p>In: a PostgreSQL that may be filled, the built server. Out: a table and one line of JSON.
 * Nothing is built on it. Invariant: every 201 is one ticket in the database, and there is no
 * other.
 */
@NullMarked
package org.gridline.bench.burst;

import org.jspecify.annotations.NullMarked;
