package org.gridline.console.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.gridline.dispatch.event.Fact;
import org.junit.jupiter.api.Test;

class EventNamesTest {
  @Test
  void everyFactOfTheCoreHasANameAndNothingElse() {
    assertThat(EventNames.all().keySet())
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(Fact.class.getPermittedSubclasses()).map(Class::getSimpleName).toList());
  }
}
