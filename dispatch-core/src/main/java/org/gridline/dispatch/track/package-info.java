/**
 * Where workers are, while they may be asked where they are.
 *
 * <p>In: fixes of workers' devices, declared emergencies. Out: each worker's last position and
 * their track, which goes by itself. Called by the routes of positions and by the live feed.
 * Invariant: nothing is kept that was not taken during an accepted task or a declared emergency.
 */
@NullMarked
package org.gridline.dispatch.track;

import org.jspecify.annotations.NullMarked;
