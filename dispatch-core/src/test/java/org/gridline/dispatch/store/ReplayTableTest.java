package org.gridline.dispatch.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.gridline.dispatch.event.Fact;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever adds a fact says what it does to a ticket, or the log could not be replayed. */
class ReplayTableTest {
  static Class<?>[] facts() {
    return Fact.class.getPermittedSubclasses();
  }

  @ParameterizedTest
  @MethodSource("facts")
  void every_fact_has_its_row(Class<?> fact) {
    assertThat(ReplayTable.find(fact.getSimpleName())).isPresent();
  }
}
