package org.gridline.console;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.gridline.console.http.AskedGround;
import org.gridline.console.http.BoundaryVersionRoutes;
import org.gridline.console.http.Endpoint;
import org.gridline.dispatch.city.CityPack;
import org.gridline.dispatch.ground.BoundaryVersion;
import org.gridline.dispatch.ground.BoundaryVersions;
import org.gridline.dispatch.ground.CurrentGround;
import org.gridline.dispatch.ground.FollowGround;
import org.gridline.dispatch.ground.GroundSnapshot;
import org.gridline.dispatch.ground.KnownGrounds;
import org.gridline.dispatch.store.Database;
import org.gridline.gis.boundary.Boundaries;
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

  private Grounds(Database database, KnownGrounds known, CurrentGround current) {
    this.versions = database.boundaries();
    this.known = known;
    this.current = current;
    this.follow = new FollowGround(versions, current, known, database.clock()).start();
  }

  /**
   * Finds the version that holds: the pack's own, or what was imported since.
   *
   * @param index of the pack's boundaries
   */
  static Grounds open(
      CityPack pack, Database database, CompletableFuture<GroundIndex> index, Path data) {
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
            snapshot(pack, versions, holds, index),
            versions.succession(database.clock().instant()));
    LOG.info("boundaries version={} data={}", holds.version(), data.getFileName());
    return new Grounds(database, known, current);
  }

  private static GroundSnapshot snapshot(
      CityPack pack,
      BoundaryVersions versions,
      BoundaryVersion holds,
      CompletableFuture<GroundIndex> index) {
    if (holds.version().equals(pack.boundaryVersion()))
      return GroundSnapshot.of(
          holds.version(), holds.layers(), pack.boundaries(), index.join(), pack.groundSettings());
    Boundaries boundaries = versions.load(holds);
    return GroundSnapshot.build(holds.version(), holds.layers(), boundaries, pack.groundSettings());
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
    return new BoundaryVersionRoutes(office, versions, follow).endpoints();
  }

  /** What an operator sees of it. */
  void watch(Watch watch) {
    watch
        .measures()
        .gauge(
            "gridline.ground.silence",
            "Seconds since this node last knew which boundaries hold",
            follow::silenceSeconds);
  }

  @Override
  public void close() {
    follow.close();
    known.close();
  }
}
