package org.gridline.console;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.gridline.console.boundaries.ImportDesk;
import org.gridline.console.boundaries.ImportWork;
import org.gridline.console.http.AskedGround;
import org.gridline.console.http.BoundaryImportRoutes;
import org.gridline.console.http.BoundaryVersionRoutes;
import org.gridline.console.http.Endpoint;
import org.gridline.dispatch.city.CityPack;
import org.gridline.dispatch.ground.AreaUpkeep;
import org.gridline.dispatch.ground.BoundaryImports;
import org.gridline.dispatch.ground.BoundaryVersion;
import org.gridline.dispatch.ground.BoundaryVersions;
import org.gridline.dispatch.ground.CurrentGround;
import org.gridline.dispatch.ground.FollowGround;
import org.gridline.dispatch.ground.GroundSnapshot;
import org.gridline.dispatch.ground.KeepAreas;
import org.gridline.dispatch.ground.KnownGrounds;
import org.gridline.dispatch.store.Database;
import org.gridline.gis.boundary.Boundaries;
import org.gridline.gis.kept.KeptGrids;
import org.gridline.gis.lookup.GroundIndex;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The ground of this node, and everything that changes it. */
final class Grounds implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Grounds.class);

  private final BoundaryVersions versions;
  private final KnownGrounds known;
  private final CurrentGround current;
  private final FollowGround follow;
  private final KeepAreas areas;
  private final Database database;
  private final Path uploads;
  private Optional<ImportDesk> desk = Optional.empty();

  private Grounds(Database database, KnownGrounds known, CurrentGround current, Path uploads) {
    this.database = database;
    this.uploads = uploads;
    this.versions = database.boundaries();
    this.known = known;
    this.current = current;
    this.follow = new FollowGround(versions, current, known, database.clock()).start();
    this.areas =
        new KeepAreas(
                database.areaUpkeep(), current, UUID.randomUUID().toString(), database.clock())
            .start();
  }

  /**
   * Finds the version that holds: the pack's own, or what was imported since.
   *
   * @param index of the pack's boundaries
   * @param kept from the start before
   */
  static Grounds open(
      CityPack pack,
      Database database,
      CompletableFuture<GroundIndex> index,
      KeptGrids kept,
      Path data) {
    BoundaryVersions versions = database.boundaries();
    KnownGrounds known = new KnownGrounds(versions, pack.groundSettings());
    BoundaryVersion holds =
        versions
            .findValidAt(database.clock().instant())
            .flatMap(versions::find)
            .or(versions::findTip)
            .orElseThrow(() -> new IllegalStateException("no boundaries, not even the pack's"));
    CurrentGround current =
        new CurrentGround(
            snapshot(pack, versions, holds, index, kept),
            versions.succession(database.clock().instant()));
    LOG.info("boundaries version={}", holds.version());
    return new Grounds(database, known, current, data.resolve("uploads"));
  }

  private static GroundSnapshot snapshot(
      CityPack pack,
      BoundaryVersions versions,
      BoundaryVersion holds,
      CompletableFuture<GroundIndex> index,
      KeptGrids kept) {
    GroundSnapshot.Settings settings = pack.groundSettings();
    if (holds.version().equals(pack.boundaryVersion()))
      return GroundSnapshot.of(
          holds.version(), holds.layers(), pack.boundaries(), index.join(), settings);
    Boundaries boundaries = versions.load(holds);
    GroundIndex imported =
        GroundIndex.open(boundaries, settings.suspectPoints(), settings.systems(), kept);
    return GroundSnapshot.of(holds.version(), holds.layers(), boundaries, imported, settings);
  }

  /** Makes what the first who asks for a distance would wait for. */
  void finish() {
    Thread.ofPlatform()
        .daemon()
        .name("boundary-lines")
        .start(() -> current.get().places().ground().finish());
  }

  CurrentGround current() {
    return current;
  }

  /** What somebody's areas mean today. */
  List<String> follow(List<String> areas) {
    return List.copyOf(current.succession().follow(areas));
  }

  AskedGround asked(Office office) {
    return new AskedGround(office, versions, known);
  }

  List<Endpoint> endpoints(Office office) {
    BoundaryImports imports = database.boundaryImports();
    ImportDesk imported =
        new ImportDesk(
            versions,
            imports,
            new ImportWork(office, versions, imports, known),
            database.clock(),
            uploads);
    desk = Optional.of(imported);
    return Stream.concat(
            new BoundaryVersionRoutes(office, versions, follow).endpoints().stream(),
            new BoundaryImportRoutes(
                    office, versions, imports, imported, follow, database.numbers()::nextId)
                .endpoints().stream())
        .toList();
  }

  /** Called when boundaries have moved tickets, so that open maps are told anew; must not wait. */
  void onShifted(Runnable listener) {
    areas.onShifted(listener);
  }

  /** What an operator sees of it. */
  void watch(Watch watch) {
    watch
        .measures()
        .gauge(
            "gridline.ground.silence.seconds",
            "Seconds since this node last stood on the boundaries that hold",
            follow::silenceSeconds);
    for (AreaUpkeep.Kind kind : AreaUpkeep.Kind.values())
      watch
          .measures()
          .gauge(
              "gridline.ground.areas.left",
              "About how many still stand in the areas of the boundaries before",
              () -> areas.left(kind),
              "kind",
              kind.id());
  }

  @Override
  public void close() {
    desk.ifPresent(ImportDesk::close);
    follow.close();
    areas.close();
    known.close();
  }
}
