/**
 * OGC API – Features (Part 1 Core, GeoJSON, OpenAPI 3.0; Part 2 CRS by reference), for QGIS,
 * GeoServer and their like.
 *
 * <p>In: requests under /ogc. Out: GeoJSON and JSON as the standards 17-069r4 and 18-058r1 say.
 * Called by the wiring alone; runs on virtual threads. Invariant: a ticket is read through the
 * asker's scope and told without personal data; a parameter that is not declared is refused.
 */
@NullMarked
package org.gridline.console.ogc;

import org.jspecify.annotations.NullMarked;
