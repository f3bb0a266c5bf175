package org.gridline.gis.owner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.locationtech.jts.geom.Coordinate;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryFactory;

class KeptGridsTest {
  private static final GeometryFactory GEOMETRIES = new GeometryFactory();
  private static final int BOUND = 2_000_000;

  private final Path folder;
  private final List<String> told = new ArrayList<>();

  KeptGridsTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void what_was_kept_answers_as_what_was_built() throws IOException {
    OwnerGrid built = kites(1).build();
    kites(1).build(kept());
    assertThat(files()).hasSize(1);
    OwnerGrid read = found(kites(1));
    assertThat(told).isEmpty();
    // Cells so small that many areas meet in one are kept in a form of their own.
    assertThat(read.rowsToKeep()[5]).isNotEmpty();
    same(read, built);
  }

  @Test
  void a_grid_of_other_edges_another_order_or_another_bound_is_not_taken() {
    kites(1).build(kept());
    assertThat(kept().find(key(kites(2)), edges(kites(2)))).isEmpty();
    OwnerGridBuilder turned = new OwnerGridBuilder(BOUND);
    shapes(1).reversed().forEach(turned::area);
    turned.layer();
    assertThat(kept().find(key(turned), edges(turned))).isEmpty();
    OwnerGridBuilder layered = new OwnerGridBuilder(BOUND);
    for (Geometry shape : shapes(1)) {
      layered.area(shape);
      layered.layer();
    }
    assertThat(kept().find(key(layered), edges(layered))).isEmpty();
    OwnerGridBuilder larger = new OwnerGridBuilder(BOUND + 1);
    shapes(1).forEach(larger::area);
    larger.layer();
    assertThat(kept().find(key(larger), edges(larger))).isEmpty();
  }

  @Test
  void a_damaged_file_is_built_again_and_replaced() throws IOException {
    OwnerGrid built = kites(1).build();
    kites(1).build(kept());
    Path file = files().getFirst();
    byte[] whole = Files.readAllBytes(file);
    Random random = new Random(5);
    for (int round = 0; round < 200; round++) {
      byte[] damaged = whole.clone();
      // The first hundreds of bytes hold the key and lengths, where most can go wrong.
      int at = random.nextInt(round < 100 ? 200 : whole.length);
      damaged[at] ^= (byte) (1 << random.nextInt(8));
      Files.write(file, damaged);
      assertThat(kept().find(key(kites(1)), edges(kites(1)))).as("bit of byte %s", at).isEmpty();
    }
    for (int length : new int[] {0, 1, 71, 72, 75, whole.length / 2, whole.length - 1}) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThat(kept().find(key(kites(1)), edges(kites(1)))).as("first %s", length).isEmpty();
    }
    Files.write(file, Arrays.copyOf(whole, whole.length + 4));
    assertThat(kept().find(key(kites(1)), edges(kites(1)))).isEmpty();
    same(kites(1).build(kept()), built);
    assertThat(Files.readAllBytes(file)).isEqualTo(whole);
  }

  @Test
  void a_file_of_other_ground_under_this_name_is_not_taken() throws IOException {
    kites(1).build(kept());
    Path mine = files().getFirst();
    Path elsewhere = folder.resolve("elsewhere");
    kites(2).build(new KeptGrids(elsewhere, told::add));
    try (Stream<Path> foreign = Files.list(elsewhere)) {
      Files.write(mine, Files.readAllBytes(foreign.toList().getFirst()));
    }
    assertThat(kept().find(key(kites(1)), edges(kites(1)))).isEmpty();
  }

  @Test
  void where_nothing_can_be_kept_it_is_built_each_time() throws IOException {
    Path taken = Files.writeString(folder.resolve("taken"), "a file, no folder");
    same(kites(1).build(new KeptGrids(taken, told::add)), kites(1).build());
    assertThat(taken).hasContent("a file, no folder");
    assertThat(told).singleElement().asString().contains("can't be kept");
  }

  @Test
  void only_a_few_are_kept_and_what_a_killed_one_left_goes() throws IOException {
    Path ground = Files.createDirectory(folder.resolve("ground"));
    Path left = Files.writeString(ground.resolve("fresh1.new"), "half");
    Files.setLastModifiedTime(left, FileTime.from(Instant.now().minus(Duration.ofHours(1))));
    Path written = Files.writeString(ground.resolve("fresh2.new"), "half");
    for (int seed = 0; seed < 5; seed++) kites(seed).build(kept());
    assertThat(left).doesNotExist();
    assertThat(written).exists();
    assertThat(files()).hasSize(3 + 1);
  }

  /**
   * Whoever changes what is built must not find what was built before: raise {@link
   * GridKey#FORMAT}, and then put down the new sum here.
   */
  @Test
  void what_is_built_is_of_this_format() {
    CRC32C sum = new CRC32C();
    for (int[] row : kites(1).build().rowsToKeep())
      for (int word : row) for (int b = 0; b < 32; b += 8) sum.update(word >>> b);
    assertThat(List.of(GridKey.FORMAT, sum.getValue())).isEqualTo(List.of(1, 404758362L));
  }

  private KeptGrids kept() {
    return new KeptGrids(folder.resolve("ground"), told::add);
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.list(folder.resolve("ground"))) {
      return all.toList();
    }
  }

  private OwnerGrid found(OwnerGridBuilder builder) {
    return kept().find(key(builder), edges(builder)).orElseThrow();
  }

  private static GridKey key(OwnerGridBuilder builder) {
    return builder.key();
  }

  private static Edges edges(OwnerGridBuilder builder) {
    return builder.edges();
  }

  private static void same(OwnerGrid one, OwnerGrid other) {
    Random random = new Random(3);
    for (int i = 0; i < 20_000; i++) {
      double lon = random.nextDouble() * 1.2 - 0.1;
      double lat = i % 3 == 0 ? random.nextInt(100) * 0.01 : random.nextDouble() * 1.2 - 0.1;
      int a = one.find(lon, lat);
      int b = other.find(lon, lat);
      for (int layer = 0; layer < 2; layer++)
        assertThat(one.owner(a, layer)).as("%s %s", lon, lat).isEqualTo(other.owner(b, layer));
    }
  }

  private static OwnerGridBuilder kites(int seed) {
    OwnerGridBuilder builder = new OwnerGridBuilder(BOUND);
    List<Geometry> shapes = shapes(seed);
    shapes.subList(0, 3).forEach(builder::area);
    builder.layer();
    shapes.subList(3, shapes.size()).forEach(builder::area);
    builder.layer();
    return builder;
  }

  /** Squares over everything, then thin kites that all meet in one place. */
  private static List<Geometry> shapes(int seed) {
    Random random = new Random(seed);
    List<Geometry> shapes = new ArrayList<>();
    for (int i = 0; i < 3; i++)
      shapes.add(GEOMETRIES.toGeometry(new Envelope(i * 0.3, i * 0.3 + 0.4, 0, 0.9)));
    for (int i = 0; i < 40; i++) {
      double turn = i * Math.PI / 20 + random.nextDouble() * 0.01;
      Coordinate middle = new Coordinate(0.5, 0.5);
      shapes.add(
          GEOMETRIES.createPolygon(
              new Coordinate[] {
                middle, away(turn, 0.3), away(turn + 0.1, 0.45), away(turn + 0.2, 0.3), middle
              }));
    }
    return shapes;
  }

  private static Coordinate away(double turn, double far) {
    return new Coordinate(0.5 + far * StrictMath.cos(turn), 0.5 + far * StrictMath.sin(turn));
  }
}
