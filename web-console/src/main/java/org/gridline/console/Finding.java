package org.gridline.console;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.gridline.console.health.SearchHealth;
import org.gridline.console.measure.Measures;
import org.gridline.console.view.Sight;
import org.gridline.dispatch.city.City;
import org.gridline.dispatch.city.CityPack;
import org.gridline.dispatch.ground.AreaUpkeep;
import org.gridline.dispatch.ground.GroundSnapshot;
import org.gridline.dispatch.ground.LayerNote;
import org.gridline.dispatch.place.Addresses;
import org.gridline.dispatch.place.AreaPlaces;
import org.gridline.dispatch.place.Gazetteer;
import org.gridline.dispatch.search.address.LuceneAddresses;
import org.gridline.dispatch.search.words.LuceneTicketWords;
import org.gridline.dispatch.ticket.TicketWords;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The two searches of this node, which are made beside its readiness: until they are there, the
 * pack's plain list of places answers, and asking for words is refused.
 */
public final class Finding implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Finding.class);

  private final Office office;
  private final Suggesting addresses;
  private final LuceneTicketWords words;

  private Finding(Office office, Suggesting addresses, LuceneTicketWords words) {
    this.office = office;
    this.addresses = addresses;
    this.words = words;
  }

  /** What suggests addresses now; made anew when the ground is switched. */
  private static final class Suggesting {
    private volatile Addresses now;

    private Suggesting(Addresses first) {
      now = first;
    }
  }

  /**
   * Answers already, as described; {@link #start} makes both.
   *
   * @param folder for the index of this node alone
   * @param upkeep tells which tickets changed boundaries have moved
   */
  static Finding open(Office office, Path folder, AreaUpkeep upkeep) {
    return new Finding(
        office,
        new Suggesting(office.pack().gazetteer()),
        new LuceneTicketWords(
            folder,
            office.events(),
            office.tickets(),
            (reader, text, ticket, particulars) -> Sight.of(ticket, reader).text(text, particulars),
            upkeep));
  }

  /** Begins to make both; once, and when the server listens: on few cores it would listen later. */
  void start() {
    office.ground().onSwap(fresh -> makeAddresses());
    makeAddresses();
    words.start();
  }

  private void makeAddresses() {
    Thread.ofPlatform().name("address-index").daemon().start(() -> renew(addresses, office));
  }

  /** Two switches in a row may end in any order; the ground that holds has the last word. */
  private static void renew(Suggesting addresses, Office office) {
    GroundSnapshot ground;
    do {
      ground = office.ground().get();
      addresses.now = addresses(office.pack(), ground);
    } while (ground != office.ground().get());
  }

  private static Addresses addresses(CityPack pack, GroundSnapshot ground) {
    try {
      Map<String, String> roles =
          ground.layers().stream()
              .collect(Collectors.toMap(LayerNote::id, l -> l.role().orElse(l.id())));
      Gazetteer.Origin origin =
          pack.city().kind() == City.Kind.SAMPLE
              ? Gazetteer.Origin.SYNTHETIC
              : Gazetteer.Origin.SURVEYED;
      List<Gazetteer.Entry> places = new ArrayList<>(pack.gazetteer().entries());
      places.addAll(AreaPlaces.list(ground.boundaries(), roles, origin));
      Addresses made = LuceneAddresses.build(places);
      LOG.info("addresses are suggested from an index, places={}", places.size());
      return made;
    } catch (RuntimeException e) {
      LOG.error("address index can't be made: {}", e.getClass().getSimpleName());
      return pack.gazetteer();
    }
  }

  /** What suggests addresses now. */
  public Addresses addresses() {
    return addresses.now;
  }

  public TicketWords words() {
    return words;
  }

  /** There is something new in the log, perhaps. Never waits. */
  void wake() {
    words.wake();
  }

  /** What an operator sees of the index of tickets. */
  void watch(Watch watch) {
    Measures measures = watch.measures();
    measures.gauge(
        "gridline.search.lag", "Events that the search index has still to read", words::lag);
    measures.gauge(
        "gridline.search.position", "The position that the index has read to", words::position);
    measures.gauge(
        "gridline.search.ready", "1 when words are answered", () -> words.ready() ? 1 : 0);
    measures.total(
        "gridline.search.rebuilds", "Times that the index was built anew", words::rebuilds);
    measures.total(
        "gridline.search.repaired",
        "Tickets that the comparison of index and database has put right",
        words::repaired);
    watch.add(new SearchHealth(words::ready, words::lag));
  }

  @Override
  public void close() {
    words.close();
  }
}
