package org.gridline.gis.owner;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

class GridKeyTest {
  private static final int BOUND = 2_000_000;

  /**
   * Whoever changes what is built must not find what was built before: raise {@link
   * GridKey#FORMAT}, and then put down the new sum here.
   */
  @Test
  void what_is_built_is_of_this_format() {
    CRC32C sum = new CRC32C();
    for (int[] row : kites(BOUND).build().rowsToKeep())
      for (int word : row) for (int b = 0; b < 32; b += 8) sum.update(word >>> b);
    assertThat(List.of(GridKey.FORMAT, sum.getValue())).isEqualTo(List.of(1, 404758362L));
  }

  @Test
  void the_same_areas_have_the_same_key_and_another_bound_has_another() {
    assertThat(kites(BOUND).key()).isEqualTo(kites(BOUND).key()).matches("[0-9a-f]{64}");
    assertThat(kites(BOUND + 1).key()).isNotEqualTo(kites(BOUND).key());
  }

  private static OwnerGridBuilder kites(int bound) {
    OwnerGridBuilder builder = new OwnerGridBuilder(bound);
    Kites.shapes(1).subList(0, 3).forEach(builder::area);
    builder.layer();
    Kites.shapes(1).subList(3, 43).forEach(builder::area);
    builder.layer();
    return builder;
  }
}
