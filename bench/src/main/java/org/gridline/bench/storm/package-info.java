/**
 * A storm night, and hours at half of what the server can take: nothing lost, screens in time,
 * nothing that grows.
 *
 * <p>In: real calls outside the repository, the sample city. Out: a table and one JSON object.
 * Called by the launcher. Invariant: every report goes over HTTP to a whole server.
 */
@NullMarked
package org.gridline.bench.storm;

import org.jspecify.annotations.NullMarked;
