/**
 * Makes the polygons of the sample district, which are synthetic (合成数据) and no official boundary.
 *
 * <p>In: the official list of villages of the sample city's folder. Out: GeoJSON files beside it.
 * Called by a person who changes the sample, and by the test that the files are reproduced byte for
 * byte; nothing at run time. Invariant: children tile their parents with identical vertices.
 */
@NullMarked
package org.gridline.gis.sample;

import org.jspecify.annotations.NullMarked;
