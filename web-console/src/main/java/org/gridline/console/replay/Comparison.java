package org.gridline.console.replay;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.gridline.console.csv.CsvRows;
import org.gridline.console.replay.Ledger.Entry;
import org.gridline.gis.lookup.OverRepresentedPoints;
import org.gridline.gis.position.RawPosition;

/**
 * Reads the city's file once more beside the ledger and counts where the two say the same. Not
 * thread-safe.
 */
final class Comparison {
  private final ReplayPack city;
  private final Ledger ledger;
  private final RowReader reader;
  private final Map<Mapping.Truth, LayerEdges> edges = new HashMap<>();
  private final Map<String, Map<String, Set<String>>> spellings = new HashMap<>();

  /** Rows of the file, and of those answered 201, answered 200, with an owner, in an area. */
  long rows;

  long first;
  long repeated;
  long routed;
  long placed;
  final Map<String, Long> refused = new TreeMap<>();
  final Map<String, Long> flags = new TreeMap<>();
  final Map<Mapping.Truth, Agreement> truths = new LinkedHashMap<>();
  final Map<Mapping.Owner, Agreement> owners = new LinkedHashMap<>();
  final Map<Mapping.Owner, Agreement> ownersSince = new LinkedHashMap<>();

  private final OverRepresentedPoints points = new OverRepresentedPoints();

  private Comparison(ReplayPack city, Ledger ledger) {
    this.city = city;
    this.ledger = ledger;
    this.reader = new RowReader(city);
    Map<String, LayerEdges> byLayer =
        city.mapping().truths().stream()
            .map(Mapping.Truth::layer)
            .distinct()
            .collect(
                Collectors.toMap(
                    Function.identity(), l -> new LayerEdges(city.pack().boundaries().list(l))));
    for (Mapping.Truth truth : city.mapping().truths()) {
      edges.put(truth, java.util.Objects.requireNonNull(byLayer.get(truth.layer())));
      truths.put(truth, new Agreement());
    }
    for (Mapping.Owner owner : city.mapping().owners()) {
      owners.put(owner, new Agreement());
      ownersSince.put(owner, new Agreement());
    }
  }

  /**
   * @param limit rows from the beginning of the file
   */
  static Comparison of(ReplayPack city, Ledger ledger, long limit) {
    Comparison comparison = new Comparison(city, ledger);
    try (CsvRows file = CsvRows.open(city.tickets())) {
      while (comparison.rows < limit) {
        Optional<CsvRows.Row> row = file.find();
        if (row.isEmpty()) break;
        comparison.count(row.get());
      }
    }
    return comparison;
  }

  long acknowledged() {
    return first + repeated;
  }

  /** Rows without an answer; none after a whole run. */
  long open() {
    return rows - acknowledged() - refused.values().stream().mapToLong(n -> n).sum();
  }

  /** Places that stand in the file far more often than chance, known ones included. */
  List<OverRepresentedPoints.Point> crowded() {
    return points.list();
  }

  private void count(CsvRows.Row row) {
    rows++;
    countPoint(row);
    Optional<Entry> found = ledger.find(reader.name(row));
    if (found.isEmpty()) return;
    Entry entry = found.get();
    if (!entry.acknowledged()) {
      refused.merge(entry.problem(), 1L, Long::sum);
      return;
    }
    if (entry.status() == 201) first++;
    else repeated++;
    flags.merge(entry.flag(), 1L, Long::sum);
    boolean certain = entry.flag().equals("ok") || entry.flag().equals("edge");
    if (certain) placed++;
    if (!entry.owner().isEmpty()) routed++;
    if (!entry.flag().equals("suspect")) truths.forEach((t, a) -> compare(t, a, row, entry));
    owners.forEach((owner, all) -> compare(owner, all, row, entry));
  }

  private void countPoint(CsvRows.Row row) {
    try {
      reader.position(row).ifPresent(p -> points.add(p.lon(), p.lat()));
    } catch (NumberFormatException noPosition) {
      points.add(Double.NaN, Double.NaN);
    }
  }

  private void compare(Mapping.Truth truth, Agreement agreement, CsvRows.Row row, Entry entry) {
    String said = row.text(truth.column());
    Optional<RawPosition> position = reader.position(row);
    if (said.isEmpty() || position.isEmpty()) return;
    Optional<String> cityCode = truth.city().find(said);
    if (cityCode.isEmpty()) {
      agreement.unreadable();
      return;
    }
    Optional<String> ours = Optional.ofNullable(entry.areas().get(truth.layer()));
    if (ours.isEmpty()) agreement.unanswered();
    boolean agree = ours.map(code -> truth.pack().find(code).orElse(code)).equals(cityCode);
    LayerEdges layer = java.util.Objects.requireNonNull(edges.get(truth));
    agreement.count(agree, layer.metres(position.get()));
  }

  private void compare(Mapping.Owner owner, Agreement all, CsvRows.Row row, Entry entry) {
    String said = row.text(owner.column());
    if (said.isEmpty() || entry.owner().isEmpty()) return;
    Optional<String> cityName = owner.city().find(said);
    if (cityName.isEmpty()) {
      all.unreadable();
      return;
    }
    Set<String> names =
        spellings
            .computeIfAbsent(owner.id(), id -> new HashMap<>())
            .computeIfAbsent(entry.owner(), unit -> names(owner, unit));
    boolean agree = names.contains(cityName.get());
    all.count(agree, Double.POSITIVE_INFINITY);
    LocalDate day =
        city.mapping()
            .time()
            .day(city.mapping().time().read(row.text(city.mapping().time().column())));
    if (owner.since().isPresent() && !day.isBefore(owner.since().get())) {
      java.util.Objects.requireNonNull(ownersSince.get(owner))
          .count(agree, Double.POSITIVE_INFINITY);
    }
  }

  private Set<String> names(Mapping.Owner owner, String unit) {
    List<String> names = city.spellings(unit);
    return names.stream().flatMap(n -> owner.pack().find(n).stream()).collect(Collectors.toSet());
  }
}
