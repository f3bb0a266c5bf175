/**
 * {@code ./gridline boundaries check}: what an import would say about a file, without a server.
 *
 * <p>In: boundary files and which of their properties hold what. Out: a report for people, and the
 * findings as GeoJSON to look at. Called by the command line. Invariant: nothing is changed but the
 * report that was asked for.
 */
@NullMarked
package org.gridline.gis.check;

import org.jspecify.annotations.NullMarked;
