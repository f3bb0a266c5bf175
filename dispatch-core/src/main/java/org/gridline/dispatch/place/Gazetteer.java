package org.gridline.dispatch.place;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.gridline.gis.position.Position;

/**
 * The places that a pack knows by name. Thread-safe. Suggests by characters alone, for as long as
 * no better index is there.
 */
public final class Gazetteer implements Addresses {
  private final List<Entry> entries;

  public Gazetteer(List<Entry> entries) {
    this.entries = List.copyOf(entries);
  }

  /**
   * A named place.
   *
   * @param area code of the finest area it was surveyed in
   * @param kind estate, road, poi, metro, park or public
   */
  public record Entry(
      String name,
      List<String> aliases,
      String area,
      Position position,
      String kind,
      Origin origin) {}

  /** Whether a position was surveyed or made up for a sample. */
  public enum Origin {
    SURVEYED,
    SYNTHETIC
  }

  public List<Entry> entries() {
    return entries;
  }

  @Override
  public List<Hit> list(String query, int most) {
    String wanted = fold(query);
    if (wanted.isEmpty()) return List.of();
    List<Hit> hits = new ArrayList<>();
    for (Entry entry : entries) {
      Hit best = hit(wanted, entry, entry.name(), 1);
      for (String alias : entry.aliases()) {
        Hit other = hit(wanted, entry, alias, 0.95);
        if (other.score() > best.score()) best = other;
      }
      if (best.score() > 0) hits.add(best);
    }
    hits.sort(
        Comparator.comparingDouble(Hit::score).reversed().thenComparing(h -> h.entry().name()));
    return hits.subList(0, Math.min(most, hits.size()));
  }

  /**
   * The one entry that an address names. The longest name that stands in it decides, since names
   * hold one another (尧化新村 in 尧化新村社区服务中心); empty when none or several places share that name.
   */
  public Optional<Entry> find(String address) {
    String said = fold(address);
    // Two characters alone name no place.
    int longest = 2;
    List<Entry> found = new ArrayList<>();
    for (Entry entry : entries) {
      int length = longestNameIn(said, entry);
      if (length > longest) {
        longest = length;
        found.clear();
      }
      if (length == longest && length > 2) found.add(entry);
    }
    return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
  }

  /** How many characters of an entry's longest name stand in the text; 0 for none. */
  private static int longestNameIn(String said, Entry entry) {
    int longest = said.contains(fold(entry.name())) ? fold(entry.name()).length() : 0;
    for (String alias : entry.aliases()) {
      String name = fold(alias);
      if (name.length() > longest && said.contains(name)) longest = name.length();
    }
    return longest;
  }

  private static Hit hit(String wanted, Entry entry, String name, double worth) {
    int at = name.toLowerCase(Locale.ROOT).indexOf(wanted);
    List<Span> spans = at < 0 ? List.of() : List.of(new Span(at, at + wanted.length()));
    return new Hit(entry, name, worth * score(wanted, fold(name)), spans);
  }

  private static double score(String wanted, String name) {
    if (name.equals(wanted)) return 1;
    if (name.startsWith(wanted)) return 0.9 * wanted.length() / name.length() + 0.09;
    if (name.contains(wanted)) return 0.7 * wanted.length() / name.length() + 0.05;
    return 0;
  }

  private static String fold(String text) {
    return text.strip().toLowerCase(Locale.ROOT).replaceAll("\\s+", "");
  }
}
