package org.gridline.gis.boundary;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.gridline.gis.position.Crs;

/**
 * The properties that the features of a file have, for people who have to say which one is the
 * code.
 *
 * @param features of the file
 */
public record FieldList(int features, List<Field> fields) {
  /** Fields beyond this are left out; texts beyond this count by their beginning. */
  private static final int MAX_FIELDS = 500;

  private static final int MAX_CHARS = 100;

  /** Values kept to tell whether they are all different. */
  private static final int MAX_VALUES = 2_000_000;

  public FieldList {
    fields = List.copyOf(fields);
  }

  /**
   * One property.
   *
   * @param filled features that have a value
   * @param different values, as far as counted
   * @param example its first value, shortened
   */
  public record Field(String name, int filled, int different, String example) {}

  /**
   * Walks through the file once.
   *
   * @throws UnusableBoundaries when it is damaged or of no known format
   * @throws UncheckedIOException when it can't be read
   */
  public static FieldList of(Path path) {
    Count count = new Count();
    try (FeatureFile file = BoundaryFile.open(path)) {
      file.read(name -> true, new ShapeMaker(Crs.WGS84, new FileCrs.Unsaid()), count);
    } catch (BadFile e) {
      throw new UnusableBoundaries(
          String.valueOf(path.getFileName()),
          List.of(new Finding(e.code(), "the file", e.reason())));
    } catch (IOException e) {
      throw new UncheckedIOException("can't read " + path.getFileName() + ": " + e, e);
    }
    return new FieldList(count.features, count.fields());
  }

  /**
   * The field that is most likely the code: every feature has it and no two share it; of several,
   * one whose name says so, then one that looks like a code rather than a measured number, then the
   * first.
   */
  public Optional<Field> guess() {
    List<Field> unique =
        fields.stream()
            .filter(field -> features > 0 && field.filled == features)
            .filter(field -> field.different == features)
            .toList();
    return unique.stream()
        .filter(field -> isNamedCode(field.name))
        .findFirst()
        .or(
            () ->
                unique.stream()
                    .filter(field -> !isMeasured(field))
                    .filter(field -> !isCounter(field.name))
                    .findFirst())
        .or(() -> unique.stream().filter(field -> !isMeasured(field)).findFirst());
  }

  private static boolean isNamedCode(String name) {
    return name.matches("(?i).*(code|adcode|bm|dm|_id|编码|代码|编号).*|id|gb") && !isCounter(name);
  }

  private static boolean isCounter(String name) {
    return name.matches("(?i)(object_?id|fid|gid|ogc_fid|shape.*|globalid)");
  }

  private static boolean isMeasured(Field field) {
    return field.example.matches("-?\\d+\\.\\d+([eE].*)?");
  }

  private static final class Count implements FeatureFile.Sink {
    private static final class Seen {
      int filled;
      String example = "";
      final Set<String> values = new HashSet<>();
    }

    private int features;
    private int values;
    private final Map<String, Seen> seen = new LinkedHashMap<>();

    @Override
    public boolean take(Map<String, String> properties, FeatureFile.Drawing drawing) {
      features++;
      properties.forEach(
          (name, value) -> {
            if (name.length() <= MAX_CHARS
                && !value.isBlank()
                && (seen.size() < MAX_FIELDS || seen.containsKey(name))) {
              add(seen.computeIfAbsent(name, fresh -> new Seen()), value.strip());
            }
          });
      return features < Limits.MAX_FEATURES;
    }

    private void add(Seen field, String value) {
      String text = value.substring(0, Math.min(MAX_CHARS, value.length()));
      field.filled++;
      if (field.filled == 1) {
        field.example = text;
      }
      if (values < MAX_VALUES && field.values.add(text)) {
        values++;
      }
    }

    @Override
    public boolean takeNothing(String reason) {
      features++;
      return features < Limits.MAX_FEATURES;
    }

    List<Field> fields() {
      List<Field> fields = new ArrayList<>();
      seen.forEach(
          (name, field) ->
              fields.add(new Field(name, field.filled, field.values.size(), field.example)));
      fields.sort(java.util.Comparator.comparing(Field::name));
      return fields;
    }
  }
}
