package org.gridline.console.replay;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.gridline.console.csv.CsvRows;
import org.gridline.console.view.Json;
import org.gridline.dispatch.classify.CategoryKey;
import org.gridline.gis.position.RawPosition;

/** Turns a row of the city's file into the report that is posted for it. Thread-safe. */
final class RowReader {
  /** The longest key that the API takes. */
  private static final int MOST_KEY = 128;

  private final ReplayPack city;
  private final Map<String, CategoryKey> categories;

  RowReader(ReplayPack city) {
    this.city = city;
    this.categories =
        city.mapping().category().map(k -> city.categories(k.kind())).orElse(Map.of());
  }

  /** A row as far as it can be used. */
  sealed interface Read {
    String id();

    /**
     * @param key the same for this row in every run
     * @param happened when the city took it
     */
    record Report(String id, String key, byte[] body, Instant happened) implements Read {}

    /**
     * Nothing that could be posted.
     *
     * @param code stable name of the reason
     */
    record Unusable(String id, String code) implements Read {}
  }

  /** What the row is called for good; a row without a usable name is called by its line. */
  String name(CsvRows.Row row) {
    String id = row.problem().isPresent() ? "" : row.text(city.mapping().id());
    String key = key(id);
    boolean sendable = key.length() <= MOST_KEY && key.chars().allMatch(c -> c > 32 && c < 127);
    return id.isEmpty() || !sendable ? "line " + row.line() : id;
  }

  private String key(String id) {
    return city.name() + ":" + id;
  }

  Read read(CsvRows.Row row) {
    String id = name(row);
    if (row.problem().isPresent()) return new Read.Unusable(id, "row_unreadable");
    if (id.startsWith("line ")) return new Read.Unusable(id, "row_without_id");
    Instant happened;
    ObjectNode body;
    try {
      happened = city.mapping().time().read(row.text(city.mapping().time().column()));
      body = body(row, happened);
    } catch (DateTimeException e) {
      return new Read.Unusable(id, "row_time");
    } catch (NumberFormatException e) {
      return new Read.Unusable(id, "row_position");
    }
    return new Read.Report(id, key(id), Json.bytes(body), happened);
  }

  private ObjectNode body(CsvRows.Row row, Instant happened) {
    Mapping mapping = city.mapping();
    ObjectNode body = Json.object();
    body.put("channel", mapping.channel().read(row));
    body.put("type", mapping.type().read(row));
    body.put("words", mapping.words().read(row));
    String address = mapping.address().read(row);
    if (!address.isEmpty()) body.put("address", address);
    position(row).ifPresent(p -> body.set("position", Json.position(p)));
    category(row)
        .ifPresent(c -> body.putObject("category").put("kind", c.kind()).put("code", c.code()));
    body.put("observedAt", Json.time(happened, mapping.time().zone()));
    return body;
  }

  /**
   * Where the file says it happened; empty when both cells are.
   *
   * @throws NumberFormatException when they hold anything but two numbers
   */
  Optional<RawPosition> position(CsvRows.Row row) {
    Mapping.Point point = city.mapping().position();
    String lon = row.text(point.lon());
    String lat = row.text(point.lat());
    if (lon.isEmpty() && lat.isEmpty()) return Optional.empty();
    double x = Double.parseDouble(lon);
    double y = Double.parseDouble(lat);
    if (!Double.isFinite(x) || !Double.isFinite(y)) throw new NumberFormatException("not finite");
    return Optional.of(new RawPosition(x, y, point.crs()));
  }

  /** A name that the pack does not know leaves the choice to the classifier. */
  private Optional<CategoryKey> category(CsvRows.Row row) {
    return city.mapping()
        .category()
        .flatMap(
            k -> {
              String name = row.text(k.column());
              return k.under()
                  .map(u -> row.text(u) + "/" + name)
                  .flatMap(full -> Optional.ofNullable(categories.get(full)))
                  .or(() -> Optional.ofNullable(categories.get(name)));
            });
  }
}
