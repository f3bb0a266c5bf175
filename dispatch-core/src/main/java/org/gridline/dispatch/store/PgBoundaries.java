package org.gridline.dispatch.store;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.IntConsumer;
import org.gridline.dispatch.ground.AreaMeanings;
import org.gridline.dispatch.ground.BoundaryVersion;
import org.gridline.dispatch.ground.BoundaryVersions;
import org.gridline.dispatch.ground.Heritage;
import org.gridline.dispatch.ground.LayerNote;
import org.gridline.dispatch.ground.Succession;
import org.gridline.gis.boundary.Area;
import org.gridline.gis.boundary.Boundaries;

/** Versions of the boundaries in PostgreSQL. */
final class PgBoundaries implements BoundaryVersions {
  /** So many areas are read at once; small enough for the bound of a statement. */
  private static final int PAGE = 1_000;

  private static final String LIST =
      "SELECT " + BoundaryRows.COLUMNS + " FROM boundary_version v ORDER BY v.serial DESC";

  private static final String FIND =
      "SELECT " + BoundaryRows.COLUMNS + " FROM boundary_version v WHERE v.version = $1";

  private static final String TIP =
      "SELECT "
          + BoundaryRows.COLUMNS
          + " FROM boundary_version v JOIN boundary_head h ON h.tip = v.version";

  private static final String VALID =
      """
      SELECT version FROM boundary_version
       WHERE activated_at IS NOT NULL AND valid_from <= $1 AND (withdrawn_at IS NULL OR withdrawn_at > $1)
       ORDER BY valid_from DESC, serial DESC LIMIT 1
      """;

  private static final String AREAS =
      """
      SELECT layer, code, name, parent, priority, ST_AsBinary(shape) AS shape FROM boundary_area
       WHERE version = $1 AND (layer, code) > ($2, $3) ORDER BY layer, code LIMIT $4
      """;

  private static final String SUCCESSION =
      """
      SELECT v.serial, l.layer, l.old_code, l.new_code, l.share_of_old, l.share_of_new, l.old_stays
        FROM area_lineage l JOIN boundary_version v ON v.version = l.to_version
       WHERE v.activated_at IS NOT NULL AND v.valid_from <= $1
         AND (v.withdrawn_at IS NULL OR v.withdrawn_at > v.valid_from)
      """;

  private static final String LINKS =
      """
      SELECT version, serial, base FROM boundary_version v
       WHERE v.activated_at IS NOT NULL AND v.valid_from <= $1
         AND (v.withdrawn_at IS NULL OR v.withdrawn_at > v.valid_from)
      """;

  private static final String BEGUN = "SELECT version, code FROM area_begun";

  private static final String HERITAGE =
      """
      SELECT layer, old_code, new_code, share_of_old, share_of_new, old_stays FROM area_lineage
       WHERE to_version = $1 ORDER BY layer, old_code, share_of_old DESC, new_code
      """;

  // The locks keep out whoever drops the version or discards its import: one of two who decide at
  // once wins, and the other hears so. The version before may begin later than the clock
  // of this node says by some milliseconds.
  private static final String ACTIVATE =
      """
      WITH asked AS (
        SELECT i.state FROM boundary_import i WHERE i.id = $5 FOR UPDATE),
      held AS (
        SELECT v.version, v.base, b.valid_from
          FROM boundary_version v LEFT JOIN boundary_version b ON b.version = v.base
         WHERE v.version = $1 AND v.state = 'STAGED' AND NOT EXISTS (SELECT FROM asked WHERE state <> 'READY')
           AND (b.valid_from IS NULL OR b.valid_from <= $2::timestamptz + interval '1 second')
           FOR UPDATE OF v),
      moved AS (
        UPDATE boundary_head h SET tip = v.version FROM held v WHERE h.tip IS NOT DISTINCT FROM v.base
        RETURNING v.version, GREATEST($2::timestamptz, v.valid_from) AS valid_from),
      active AS (
        UPDATE boundary_version v
           SET state = 'ACTIVE', activated_at = $3, valid_from = m.valid_from, activated_by = $4
          FROM moved m WHERE v.version = m.version),
      done AS (
        UPDATE boundary_import i SET state = 'ACTIVATED', valid_from = m.valid_from FROM moved m WHERE i.id = $5),
      told AS (
        INSERT INTO boundary_event (at, kind, user_id, import_id, version, note)
        SELECT $3, CASE WHEN $5::bigint IS NULL THEN 'PACK_ACTIVATED' ELSE 'ACTIVATED' END, $4, $5, m.version, $6
          FROM moved m)
      SELECT count(*) FROM moved
      """;

  private static final String WITHDRAW =
      """
      WITH moved AS (
        UPDATE boundary_head h SET tip = v.base
          FROM boundary_version v
         WHERE v.version = $1 AND h.tip = v.version AND v.state = 'ACTIVE' AND v.base IS NOT NULL
        RETURNING v.version),
      gone AS (
        UPDATE boundary_version v SET state = 'WITHDRAWN', withdrawn_at = GREATEST($2, v.activated_at)
          FROM moved m WHERE v.version = m.version),
      told AS (
        INSERT INTO boundary_event (at, kind, user_id, version, note)
        SELECT $2, 'WITHDRAWN', $3, m.version, $4 FROM moved m)
      SELECT count(*) FROM moved
      """;

  private static final String LOG =
      "SELECT at, kind, user_id, import_id, version, note FROM boundary_event ORDER BY id DESC LIMIT $1";

  private final Sql sql;
  private final BoundaryStaging staging;
  private final List<LayerNote> known;

  /**
   * @param known layers of the pack, for versions from before layers were noted
   */
  PgBoundaries(Sql sql, List<LayerNote> known) {
    this.sql = sql;
    this.staging = new BoundaryStaging(sql);
    this.known = List.copyOf(known);
  }

  @Override
  public List<BoundaryVersion> list() {
    List<BoundaryVersion> versions = new ArrayList<>();
    for (Row r : sql.read(LIST, Tuple.tuple())) versions.add(BoundaryRows.version(r));
    return versions;
  }

  @Override
  public Optional<BoundaryVersion> find(String version) {
    return one(sql.read(FIND, Tuple.of(version)));
  }

  @Override
  public Optional<BoundaryVersion> findTip() {
    return one(sql.read(TIP, Tuple.tuple()));
  }

  private static Optional<BoundaryVersion> one(RowSet<Row> rows) {
    Iterator<Row> found = rows.iterator();
    return found.hasNext() ? Optional.of(BoundaryRows.version(found.next())) : Optional.empty();
  }

  @Override
  public Optional<String> findValidAt(Instant at) {
    Iterator<Row> rows = sql.read(VALID, new Bind().add(at).tuple()).iterator();
    return rows.hasNext() ? Optional.of(rows.next().getString(0)) : Optional.empty();
  }

  @Override
  public Boundaries load(BoundaryVersion version) {
    List<Area> areas = new ArrayList<>();
    String layer = "";
    String code = "";
    while (true) {
      int before = areas.size();
      Tuple from = new Bind().add(version.version()).add(layer).add(code).add(PAGE).tuple();
      for (Row r : sql.read(AREAS, from)) areas.add(BoundaryRows.area(r));
      if (areas.size() - before < PAGE) break;
      layer = areas.getLast().layer();
      code = areas.getLast().code();
    }
    return new Boundaries(layers(version, areas).stream().map(LayerNote::layer).toList(), areas);
  }

  /** As they were noted; else those of the areas, in the pack's order, unknown ones first. */
  private List<LayerNote> layers(BoundaryVersion version, List<Area> areas) {
    if (!version.layers().isEmpty()) return version.layers();
    TreeSet<String> ids = new TreeSet<>();
    areas.forEach(area -> ids.add(area.layer()));
    List<LayerNote> layers = new ArrayList<>();
    for (LayerNote note : known) if (ids.remove(note.id())) layers.add(note);
    layers.addAll(0, ids.stream().map(LayerNote::bare).toList());
    return layers;
  }

  @Override
  public Succession succession(Instant now) {
    List<Succession.Step> steps = new ArrayList<>();
    for (Row r : sql.read(SUCCESSION, new Bind().add(now).tuple()))
      steps.add(new Succession.Step(r.getLong("serial"), heritage(r)));
    steps.sort(Comparator.comparingLong(Succession.Step::serial));
    return new Succession(steps, meanings(now));
  }

  private AreaMeanings meanings(Instant now) {
    List<AreaMeanings.Link> links = new ArrayList<>();
    for (Row r : sql.read(LINKS, new Bind().add(now).tuple()))
      links.add(
          new AreaMeanings.Link(
              r.getString("version"),
              r.getLong("serial"),
              Optional.ofNullable(r.getString("base"))));
    List<AreaMeanings.Begun> begun = new ArrayList<>();
    for (Row r : sql.read(BEGUN, Tuple.tuple()))
      begun.add(new AreaMeanings.Begun(r.getString("version"), r.getString("code")));
    return new AreaMeanings(links, begun, findValidAt(now));
  }

  @Override
  public List<Heritage> listHeritage(String version) {
    List<Heritage> all = new ArrayList<>();
    for (Row r : sql.read(HERITAGE, Tuple.of(version))) all.add(heritage(r));
    return all;
  }

  private static Heritage heritage(Row r) {
    return new Heritage(
        r.getString("layer"),
        r.getString("old_code"),
        r.getString("new_code"),
        r.getDouble("share_of_old"),
        r.getDouble("share_of_new"),
        r.getBoolean("old_stays"));
  }

  @Override
  public boolean stage(
      Staging version, Boundaries boundaries, Lineage lineage, IntConsumer percent) {
    return staging.stage(version, boundaries, lineage, percent);
  }

  @Override
  public boolean activate(Activation activation) {
    Bind values =
        new Bind()
            .add(activation.version())
            .add(activation.validFrom())
            .add(activation.deed().at())
            .add(activation.deed().user())
            .add(activation.importId())
            .add(activation.deed().note());
    return counted(sql.write(ACTIVATE, values.tuple())) == 1;
  }

  @Override
  public boolean withdraw(String version, Deed deed) {
    Bind values = new Bind().add(version).add(deed.at()).add(deed.user()).add(deed.note());
    return counted(sql.write(WITHDRAW, values.tuple())) == 1;
  }

  private static long counted(RowSet<Row> rows) {
    return rows.iterator().next().getLong(0);
  }

  @Override
  public void drop(String version) {
    staging.drop(version);
  }

  @Override
  public void dropOrphans() {
    staging.dropOrphans();
  }

  @Override
  public List<Logged> listLog(int most) {
    List<Logged> log = new ArrayList<>();
    for (Row r : sql.read(LOG, Tuple.of(most)))
      log.add(
          new Logged(
              BoundaryRows.instant(r, "at").orElseThrow(),
              r.getString("kind"),
              Optional.ofNullable(r.getLong("user_id")),
              Optional.ofNullable(r.getLong("import_id")),
              Optional.ofNullable(r.getString("version")),
              r.getString("note")));
    return log;
  }
}
