package org.gridline.console.ogc;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gridline.dispatch.people.User;
import org.locationtech.jts.geom.Geometry;

/** One collection of features. Reads may wait for the database. */
interface Collection {
  String id();

  /** Chinese and English. */
  String title();

  String description();

  /** West, south, east, north: holds every feature, for whoever asks. */
  double[] bounds();

  /** Whether its features have a time that {@code datetime} is compared with. */
  Temporal temporal();

  /** Properties that may be asked for by their value. */
  List<Filter> filters();

  Feature.Page list(Wish wish, User asker);

  /** The feature of that id, if the asker may see one. */
  Optional<Feature> find(String id, User asker);

  /** Whether the features of a collection stand in time. */
  enum Temporal {
    TIMED,
    TIMELESS
  }

  /**
   * A property as a query parameter.
   *
   * @param values all there are; empty where any text may come
   */
  record Filter(String name, String description, List<String> values) {
    public Filter {
      values = List.copyOf(values);
    }
  }

  /**
   * What somebody wants of a collection.
   *
   * @param filters values of the collection's own filters, by name
   * @param cursor where the page begins, from the page before
   */
  record Wish(
      Optional<Geometry> within,
      Timespan when,
      Map<String, String> filters,
      int limit,
      Optional<String> cursor) {
    public Wish {
      filters = Map.copyOf(filters);
    }

    Optional<String> filter(String name) {
      return Optional.ofNullable(filters.get(name));
    }
  }
}
