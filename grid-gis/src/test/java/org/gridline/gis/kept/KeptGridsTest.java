package org.gridline.gis.kept;

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
import org.gridline.gis.owner.Kites;
import org.gridline.gis.owner.OwnerGrid;
import org.gridline.gis.owner.OwnerGridBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.locationtech.jts.geom.Geometry;

class KeptGridsTest {
  private final Path folder;
  private final List<String> told = new ArrayList<>();

  KeptGridsTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void what_was_kept_answers_as_what_was_built() throws IOException {
    OwnerGrid built = kites(1).build();
    kept().get(kites(1));
    assertThat(files()).hasSize(1);
    OwnerGrid read = found(kites(1));
    assertThat(told).isEmpty();
    // Cells so small that many areas meet in one are kept in a form of their own.
    assertThat(read.rowsToKeep()[5]).isNotEmpty();
    same(read, built);
  }

  @Test
  void a_grid_of_other_edges_or_in_another_order_is_not_taken() {
    kept().get(kites(1));
    assertThat(kept().find(kites(2))).isEmpty();
    OwnerGridBuilder turned = new OwnerGridBuilder();
    Kites.shapes(1).reversed().forEach(turned::area);
    turned.layer();
    assertThat(kept().find(turned)).isEmpty();
    OwnerGridBuilder layered = new OwnerGridBuilder();
    for (Geometry shape : Kites.shapes(1)) {
      layered.area(shape);
      layered.layer();
    }
    assertThat(kept().find(layered)).isEmpty();
  }

  @Test
  void a_damaged_file_is_built_again_and_replaced() throws IOException {
    OwnerGrid built = kites(1).build();
    kept().get(kites(1));
    Path file = files().getFirst();
    byte[] whole = Files.readAllBytes(file);
    Random random = new Random(5);
    for (int round = 0; round < 200; round++) {
      byte[] damaged = whole.clone();
      // The first hundreds of bytes hold the key and lengths, where most can go wrong.
      int at = random.nextInt(round < 100 ? 200 : whole.length);
      damaged[at] ^= (byte) (1 << random.nextInt(8));
      Files.write(file, damaged);
      assertThat(kept().find(kites(1))).as("bit of byte %s", at).isEmpty();
    }
    for (int length : new int[] {0, 1, 71, 72, 75, whole.length / 2, whole.length - 1}) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThat(kept().find(kites(1))).as("first %s", length).isEmpty();
    }
    Files.write(file, Arrays.copyOf(whole, whole.length + 4));
    assertThat(kept().find(kites(1))).isEmpty();
    same(kept().get(kites(1)), built);
    assertThat(Files.readAllBytes(file)).isEqualTo(whole);
  }

  @Test
  void a_file_of_other_ground_under_this_name_is_not_taken() throws IOException {
    kept().get(kites(1));
    Path mine = files().getFirst();
    Path elsewhere = folder.resolve("elsewhere");
    new KeptGrids(elsewhere, told::add).get(kites(2));
    try (Stream<Path> foreign = Files.list(elsewhere)) {
      Files.write(mine, Files.readAllBytes(foreign.toList().getFirst()));
    }
    assertThat(kept().find(kites(1))).isEmpty();
  }

  @Test
  void where_nothing_can_be_kept_it_is_built_each_time() throws IOException {
    Path taken = Files.writeString(folder.resolve("taken"), "a file, no folder");
    same(new KeptGrids(taken, told::add).get(kites(1)), kites(1).build());
    assertThat(taken).hasContent("a file, no folder");
    assertThat(told).singleElement().asString().contains("can't be kept");
  }

  @Test
  void only_a_few_are_kept_and_what_a_killed_one_left_goes() throws IOException {
    Path ground = Files.createDirectory(folder.resolve("ground"));
    Path left = Files.writeString(ground.resolve("fresh1.new"), "half");
    Files.setLastModifiedTime(left, FileTime.from(Instant.now().minus(Duration.ofHours(1))));
    Path written = Files.writeString(ground.resolve("fresh2.new"), "half");
    for (int seed = 0; seed < 5; seed++) kept().get(kites(seed));
    assertThat(left).doesNotExist();
    assertThat(written).exists();
    assertThat(files()).hasSize(3 + 1);
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
    return kept().find(builder).orElseThrow();
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
    OwnerGridBuilder builder = new OwnerGridBuilder();
    List<Geometry> shapes = Kites.shapes(seed);
    shapes.subList(0, 3).forEach(builder::area);
    builder.layer();
    shapes.subList(3, shapes.size()).forEach(builder::area);
    builder.layer();
    return builder;
  }
}
