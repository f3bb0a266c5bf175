/**
 * How fast the whole proof is checked, against a plain reading of the same rows.
 *
 * <p>In: a PostgreSQL whose superuser may be used. Out: a table and a JSON line. The command {@code
 * bench audit} alone calls it. Invariant: the log that is measured verifies, and stops to verify
 * when one event of it is changed.
 */
@NullMarked
package org.gridline.bench.audit;

import org.jspecify.annotations.NullMarked;
