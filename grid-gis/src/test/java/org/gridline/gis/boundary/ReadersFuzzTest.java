package org.gridline.gis.boundary;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The readers under Jazzer. In the tests each reads its seeds only; {@code JAZZER_FUZZ=1 mvn test
 * -pl grid-gis -Dtest='ReadersFuzzTest#shapefile'} goes looking, guided by coverage, for ten
 * minutes or until it finds something.
 */
class ReadersFuzzTest {
  @FuzzTest(maxDuration = "10m")
  @MethodSource("geoJsonSeeds")
  void geoJson(byte[] bytes) {
    FuzzTargets.geoJson(bytes);
  }

  @FuzzTest(maxDuration = "10m")
  @MethodSource("shapefileSeeds")
  void shapefile(byte[] bytes) {
    FuzzTargets.shapefile(bytes);
  }

  @FuzzTest(maxDuration = "10m")
  @MethodSource("geoPackageSeeds")
  void geoPackage(byte[] bytes) {
    FuzzTargets.geoPackage(bytes);
  }

  static Stream<Arguments> geoJsonSeeds() {
    return Stream.of(Arguments.of((Object) FuzzTargets.geoJsonSeed()));
  }

  static Stream<Arguments> shapefileSeeds() {
    return Stream.of(Arguments.of((Object) FuzzTargets.shapefileSeed()));
  }

  static Stream<Arguments> geoPackageSeeds() {
    return Stream.of(Arguments.of((Object) FuzzTargets.geoPackageSeed()));
  }
}
