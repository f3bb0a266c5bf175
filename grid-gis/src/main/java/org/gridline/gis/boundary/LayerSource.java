package org.gridline.gis.boundary;

import java.nio.file.Path;

/**
 * A file that holds one layer.
 *
 * @param file GeoJSON (RFC 7946, or the older kind with a {@code crs} member), plain or gzip
 * @param layer the layer that its areas become
 * @param codeField the property that holds the code; text or number
 * @param nameField the property that holds the name; blank when there is none, then the code serves
 *     as name
 * @param parentField the property that holds the parent's code; blank when there is none
 * @param priorityField the property that holds the priority, a whole number; blank when there is
 *     none
 * @param crs the system of its coordinates
 */
public record LayerSource(
    Path file,
    Layer layer,
    String codeField,
    String nameField,
    String parentField,
    String priorityField,
    FileCrs crs) {
  /** A file without priorities. */
  public LayerSource(
      Path file, Layer layer, String codeField, String nameField, String parentField, FileCrs crs) {
    this(file, layer, codeField, nameField, parentField, "", crs);
  }

  public LayerSource {
    if (codeField.isBlank()) {
      throw new IllegalArgumentException("which property holds the code has to be said");
    }
  }
}
