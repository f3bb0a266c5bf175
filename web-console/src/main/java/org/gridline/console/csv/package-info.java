/**
 * Files of comma-separated values, row by row.
 *
 * <p>In: a file, plain or gzip. Out: rows with their line, some marked as unreadable. Called by
 * replay and the register's import. Invariant: no row is held longer than the next is asked for.
 */
@NullMarked
package org.gridline.console.csv;

import org.jspecify.annotations.NullMarked;
