/**
 * Files of components, from the wire, the command line or the pack into the register.
 *
 * <p>In: CSV or GeoJSON of any size up to a bound. Out: rows for the import, and how far it is.
 * Called by the routes, the launcher and the start. Invariant: a file is never held in memory.
 */
@NullMarked
package org.gridline.console.components;

import org.jspecify.annotations.NullMarked;
