package org.gridline.dispatch.store;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.gridline.dispatch.city.CityPack;
import org.gridline.dispatch.ground.AreaOverlay;
import org.gridline.dispatch.ground.AreaUpkeep;
import org.gridline.dispatch.ground.BoundaryVersion;
import org.gridline.dispatch.ground.BoundaryVersion.Origin;
import org.gridline.dispatch.ground.BoundaryVersions;
import org.gridline.dispatch.ground.BoundaryVersions.Activation;
import org.gridline.dispatch.ground.BoundaryVersions.Deed;
import org.gridline.dispatch.ground.BoundaryVersions.Lineage;
import org.gridline.dispatch.ground.BoundaryVersions.Staging;
import org.gridline.dispatch.ground.CurrentGround;
import org.gridline.dispatch.ground.GroundSnapshot;
import org.gridline.dispatch.ground.KeepAreas;
import org.gridline.dispatch.ground.LayerNote;
import org.gridline.dispatch.ground.Patience;
import org.gridline.dispatch.people.Scope;
import org.gridline.dispatch.ticket.Ticket;
import org.gridline.dispatch.ticket.TicketStore.Search;
import org.gridline.dispatch.ticket.TicketStore.Sort;
import org.gridline.gis.boundary.Area;
import org.gridline.gis.boundary.Boundaries;
import org.gridline.gis.position.Position;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;

/** A desk whose communities are redrawn while it works. */
final class MovingGround implements AutoCloseable {
  static final String LAYER = "community";
  private static final GeometryFactory SHAPES = new GeometryFactory();

  /** Redrawn versions have only these layers; ten thousand unit grids would cost seconds each. */
  private static final Set<String> COARSE = Set.of("district", "street", LAYER);

  private static final GroundSnapshot FIRST = first();

  final CurrentGround current =
      new CurrentGround(FIRST, org.gridline.dispatch.ground.Succession.NONE);
  final Desk desk = Desk.on(current::places);
  final Database database = desk.database();
  final BoundaryVersions versions = database.boundaries();

  MovingGround() {
    current.swap(current.get(), versions.succession(Instant.now()));
  }

  private static GroundSnapshot first() {
    CityPack pack = Desk.packForTests();
    return GroundSnapshot.build(
        pack.boundaryVersion(), pack.layerNotes(), pack.boundaries(), pack.groundSettings());
  }

  /** The areas of the layer that is redrawn here, as they are now. */
  List<Area> areas() {
    return current.get().boundaries().list(LAYER);
  }

  Area area(String code) {
    return areas().stream().filter(a -> a.code().equals(code)).findFirst().orElseThrow();
  }

  static Area like(Area old, String code, Geometry shape) {
    return new Area(old.layer(), code, code, old.parent(), shape);
  }

  /** The western and the eastern half. */
  static List<Geometry> halves(Geometry shape) {
    Envelope box = shape.getEnvelopeInternal();
    double middle = shape.getCentroid().getX();
    return List.of(
        shape.intersection(
            SHAPES.toGeometry(new Envelope(box.getMinX(), middle, box.getMinY(), box.getMaxY()))),
        shape.intersection(
            SHAPES.toGeometry(new Envelope(middle, box.getMaxX(), box.getMinY(), box.getMaxY()))));
  }

  static Position in(Geometry shape) {
    var point = shape.getInteriorPoint();
    return new Position(point.getX(), point.getY());
  }

  /** Some areas go, others come, and this holds from now on. */
  String redraw(Set<String> gone, Area... come) {
    GroundSnapshot before = current.get();
    List<Area> layer = new ArrayList<>(areas());
    layer.removeIf(a -> gone.contains(a.code()));
    layer.addAll(List.of(come));
    List<Area> all = new ArrayList<>(before.boundaries().areas());
    all.removeIf(a -> a.layer().equals(LAYER) || !COARSE.contains(a.layer()));
    all.addAll(layer);
    List<LayerNote> layers = before.layers().stream().filter(l -> COARSE.contains(l.id())).toList();
    Boundaries fresh = new Boundaries(layers.stream().map(LayerNote::layer).toList(), all);
    BoundaryVersion tip = versions.findTip().orElseThrow();
    AreaOverlay.Found found =
        AreaOverlay.compare(LAYER, areas(), layer, Patience.of(Duration.ofMinutes(1)));
    String version = "v" + UUID.randomUUID();
    if (!versions.stage(
            new Staging(
                version, Origin.IMPORT, Optional.empty(), Optional.of(tip.version()), "", layers),
            fresh,
            new Lineage(found.heritage(), found.begun()),
            percent -> {})
        || !versions.activate(
            new Activation(version, database.clock().instant(), Optional.empty(), deed())))
      throw new AssertionError("the ground could not be changed");
    stand(GroundSnapshot.build(version, tip.layers(), fresh, Desk.packForTests().groundSettings()));
    return version;
  }

  /** Takes the newest version back. */
  void takeBack() {
    String tip = versions.findTip().orElseThrow().version();
    if (!versions.withdraw(tip, deed())) throw new AssertionError("not taken back");
    BoundaryVersion holds = versions.findTip().orElseThrow();
    stand(
        holds.version().equals(FIRST.version())
            ? FIRST
            : GroundSnapshot.build(
                holds.version(),
                holds.layers(),
                versions.load(holds),
                Desk.packForTests().groundSettings()));
  }

  /** Versions begin by the database's clock, which may be milliseconds ahead of this one. */
  private void stand(GroundSnapshot fresh) {
    Instant now = database.clock().instant();
    while (!versions.findValidAt(now).equals(Optional.of(fresh.version())))
      now = database.clock().instant();
    current.swap(fresh, versions.succession(now));
  }

  private Deed deed() {
    return new Deed(Optional.empty(), database.clock().instant(), "");
  }

  KeepAreas keeper(String node, Duration turn) {
    return new KeepAreas(database.areaUpkeep(turn, Duration.ZERO), current, node, database.clock());
  }

  /** Everything follows, late comers too. */
  void settle() {
    try (KeepAreas keeper = keeper("settler", Duration.ofSeconds(30))) {
      for (int pass = 0; pass < 2; pass++)
        for (AreaUpkeep.Kind kind : AreaUpkeep.Kind.values())
          while (keeper.step(kind)) Thread.onSpinWait();
    }
  }

  Ticket call(Geometry in) {
    Position at = in(in);
    return desk.call("路灯不亮", at.lon(), at.lat()).ticket();
  }

  /** Who was given that code. */
  Scope holder(String code) {
    return new Scope.Limited(current.succession().follow(List.of(code)), Set.of());
  }

  /** Numbers of the tickets that the holder of a code sees. */
  List<String> seenBy(String code) {
    return numbers(List.of(), holder(code));
  }

  /** Numbers that the filter by area finds for somebody who sees everything. */
  List<String> filtered(String code) {
    return numbers(List.copyOf(current.succession().follow(List.of(code))), new Scope.District());
  }

  private List<String> numbers(List<String> areas, Scope scope) {
    Search search =
        new Search(
            List.of(),
            Optional.empty(),
            areas,
            Optional.empty(),
            "",
            Optional.empty(),
            Optional.empty(),
            "",
            Optional.empty(),
            Sort.OLDEST,
            100,
            Optional.empty(),
            Set.of());
    return database.tickets().list(search, scope).tickets().stream().map(Ticket::number).toList();
  }

  @Override
  public void close() {
    desk.close();
  }
}
