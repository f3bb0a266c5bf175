/**
 * Where something is on the earth, and in which coordinate system it was said.
 *
 * <p>In: raw positions that name their system. Out: WGS 84, longitude first, with the raw value
 * kept. Anyone may call. Invariant: a {@code Position} inside Gridline is always finite WGS 84.
 */
@NullMarked
package org.gridline.gis.position;

import org.jspecify.annotations.NullMarked;
