/**
 * What several benchmarks measure with.
 *
 * <p>In: the address of a PostgreSQL whose superuser may be used. Out: databases of one run,
 * figures of the processor. Benchmarks alone call it. Invariant: nothing but the run's own
 * databases is touched, and they are gone afterwards.
 */
@NullMarked
package org.gridline.bench.common;

import org.jspecify.annotations.NullMarked;
