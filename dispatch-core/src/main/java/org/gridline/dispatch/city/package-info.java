/**
 * Reads a city pack, the folder that makes Gridline a city's own.
 *
 * <p>In: a folder as described in config/README.md. Out: a checked {@code CityPack}. Called once at
 * start. Invariant: a pack that loads has no dangling reference.
 */
@NullMarked
package org.gridline.dispatch.city;

import org.jspecify.annotations.NullMarked;
