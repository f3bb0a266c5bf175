/**
 * Load with faults and a verdict. In: the built program, PostgreSQL's programs, a seed. Out: what
 * was lost, doubled or broken, fault by fault. Who may call: the launcher's {@code torture} and its
 * test. Invariant: only processes and folders of the run's own are touched, and they are gone
 * afterwards unless something broke.
 */
@NullMarked
package org.gridline.bench.torture;

import org.jspecify.annotations.NullMarked;
