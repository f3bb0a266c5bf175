package org.gridline.gis.lookup;

/**
 * An area that the position may also be in.
 *
 * @param area of the finest layer that has an area at the position
 * @param share of the circle of uncertainty that lies in it, above 0 to 1
 */
public record Candidate(AreaRef area, double share) {}
