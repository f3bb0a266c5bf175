package org.gridline.gis.boundary;

/**
 * One level of the ground.
 *
 * @param id short and stable, as in the API: {@code district}, {@code street}, …
 * @param name for people, in the city's language: 街道
 */
public record Layer(String id, String name) {
  public Layer {
    if (id.isBlank() || name.isBlank()) {
      throw new IllegalArgumentException("a layer needs an id and a name");
    }
  }
}
