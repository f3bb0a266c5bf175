package org.gridline.dispatch.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.gridline.dispatch.city.CityPack;
import org.gridline.dispatch.ground.CurrentGround;
import org.gridline.dispatch.ground.GroundSnapshot;
import org.gridline.dispatch.ground.Succession;
import org.gridline.dispatch.place.Place;
import org.gridline.dispatch.place.Places;
import org.gridline.gis.boundary.Area;
import org.gridline.gis.boundary.Boundaries;
import org.gridline.gis.position.Crs;
import org.gridline.gis.position.RawPosition;
import org.junit.jupiter.api.Test;
import org.locationtech.jts.geom.Coordinate;

/** The ground is switched thousands of times a second under look-ups and reports. */
class GroundSwapTest {
  private static final CityPack PACK = Desk.packForTests();
  private static final int REPORTS = 200;

  @Test
  void no_look_up_fails_and_place_and_version_always_agree() throws Exception {
    GroundSnapshot one = snapshot("one", "");
    GroundSnapshot two = snapshot("two", "X");
    CurrentGround current = new CurrentGround(one, Succession.NONE);
    AtomicBoolean stop = new AtomicBoolean();
    AtomicLong looked = new AtomicLong();
    AtomicLong swaps = new AtomicLong();
    ConcurrentLinkedQueue<String> wrong = new ConcurrentLinkedQueue<>();
    Coordinate at =
        PACK.boundaries().list("grid").getFirst().shape().getInteriorPoint().getCoordinate();
    List<Thread> threads = new ArrayList<>();
    threads.add(
        Thread.ofPlatform()
            .start(
                () -> {
                  while (!stop.get()) {
                    current.swap(swaps.incrementAndGet() % 2 == 0 ? one : two, Succession.NONE);
                    Thread.onSpinWait();
                  }
                }));
    for (int i = 0; i < 2; i++)
      threads.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    while (!stop.get()) {
                      Places places = current.places();
                      RawPosition raw = new RawPosition(at.getX(), at.getY(), Crs.WGS84);
                      Place place =
                          places.place(
                              Places.wgs84(raw), places.locate(raw, OptionalDouble.of(30)));
                      if (!agrees(place)) wrong.add(place.toString());
                      looked.incrementAndGet();
                    }
                  }));
    try (Desk desk = Desk.on(current::places)) {
      for (int i = 0; i < REPORTS; i++) {
        Place place = desk.call("路灯不亮", at.getX(), at.getY()).ticket().place();
        if (!agrees(place)) wrong.add(place.toString());
      }
    } finally {
      stop.set(true);
      for (Thread thread : threads) thread.join();
    }
    assertThat(wrong).isEmpty();
    assertThat(swaps).hasValueGreaterThan(1_000);
    assertThat(looked).hasValueGreaterThan(1_000);
  }

  private static boolean agrees(Place place) {
    boolean two = place.boundaryVersion().equals("two");
    return place.areas().size() == 4
        && place.areaCodes().stream().allMatch(code -> code.endsWith("X") == two);
  }

  private static GroundSnapshot snapshot(String version, String suffix) {
    Boundaries all = PACK.boundaries();
    List<Area> areas =
        all.areas().stream()
            .map(a -> new Area(a.layer(), a.code() + suffix, a.name(), a.parent(), a.shape()))
            .toList();
    return GroundSnapshot.build(
        version, PACK.layerNames(), new Boundaries(all.layers(), areas), PACK.groundSettings());
  }
}
