package org.gridline.gis.lookup;

/**
 * Names an area.
 *
 * @param layer id of its layer
 * @param code its code in that layer
 * @param name for people
 */
public record AreaRef(String layer, String code, String name) {}
