package org.gridline.dispatch.ground;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.gridline.dispatch.place.Gazetteer;
import org.gridline.gis.boundary.Area;
import org.gridline.gis.boundary.Boundaries;
import org.gridline.gis.boundary.Layer;
import org.junit.jupiter.api.Test;
import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.GeometryFactory;

/** A node that meets the worst goes on following. */
class FollowGroundTest {
  @Test
  void an_error_in_one_round_is_not_the_end_of_all_rounds() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    BoundaryVersions versions =
        (BoundaryVersions)
            Proxy.newProxyInstance(
                BoundaryVersions.class.getClassLoader(),
                new Class<?>[] {BoundaryVersions.class},
                (proxy, method, values) -> {
                  if (!method.getName().equals("findValidAt"))
                    throw new AssertionError(method.getName());
                  if (asked.incrementAndGet() < 3) throw new NoClassDefFoundError("for a while");
                  return Optional.of("one");
                });
    GroundSnapshot.Settings settings =
        new GroundSnapshot.Settings(List.of(), List.of(), new Gazetteer(List.of()));
    Area area =
        new Area(
            "street",
            "1",
            "1",
            Optional.empty(),
            new GeometryFactory().toGeometry(new Envelope(118, 119, 32, 33)));
    GroundSnapshot one =
        GroundSnapshot.build(
            "one",
            List.of(LayerNote.bare("street")),
            new Boundaries(List.of(new Layer("street", "街道")), List.of(area)),
            settings);
    CurrentGround current = new CurrentGround(one, Succession.NONE);
    try (KnownGrounds known = new KnownGrounds(versions, settings);
        FollowGround follow =
            new FollowGround(versions, current, known, InstantSource.system()).start()) {
      // The waiting are told, each once, and the round after the last error answers.
      int failed = 0;
      while (true) {
        try {
          follow.soon().get(20, TimeUnit.SECONDS);
          break;
        } catch (ExecutionException e) {
          assertThat(e).hasCauseInstanceOf(NoClassDefFoundError.class);
          failed++;
        }
      }
      assertThat(failed).isLessThanOrEqualTo(2);
      assertThat(asked).hasValueGreaterThanOrEqualTo(3);
      assertThat(follow.silenceSeconds()).isLessThan(20);
    }
  }
}
