/**
 * The ground as maps draw it: vector tiles, their description, pictures of a ticket's place.
 *
 * <p>In: the boundaries that hold, requests. Out: tiles, TileJSON, PNG. Called by the wiring alone;
 * runs on virtual threads. Invariant: the same address with a version in it always has the same
 * bytes, and a picture shows only a ticket that the asker may see.
 */
@NullMarked
package org.gridline.console.map;

import org.jspecify.annotations.NullMarked;
