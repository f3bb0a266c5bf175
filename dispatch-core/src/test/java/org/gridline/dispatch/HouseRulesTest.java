package org.gridline.dispatch;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The plan of the head, as sentences that fail the build. */
class HouseRulesTest {
  private static final JavaClasses HEAD_AND_GROUND =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .withImportOption(place -> !place.contains("-tests.jar"))
          .importPackages("org.gridline.dispatch", "org.gridline.gis");

  @Test
  void the_ground_knows_nothing_of_tickets() {
    holds(
        noClasses()
            .that()
            .resideInAPackage("org.gridline.gis..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.gridline.dispatch..", "io.vertx.."));
  }

  @Test
  void the_exact_grid_knows_polygons_and_nothing_else() {
    holds(
        noClasses()
            .that()
            .resideInAPackage("org.gridline.gis.owner..")
            .should()
            .dependOnClassesThat()
            .resideOutsideOfPackages(
                "org.gridline.gis.owner..", "java..", "org.jspecify..", "org.locationtech.jts.."));
    holds(
        noClasses()
            .that()
            .resideInAPackage("org.gridline.gis.owner..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.io..", "java.nio..", "java.time.."));
  }

  @Test
  void nothing_is_built_on_benchmarks() {
    holds(
        noClasses()
            .that()
            .resideInAPackage("org.gridline..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.gridline.bench..", "com.google.common.geometry.."));
  }

  @Test
  void the_head_knows_nothing_of_http_or_telephony() {
    holds(
        noClasses()
            .that()
            .resideInAPackage("org.gridline.dispatch..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "org.gridline.hotline..",
                "org.gridline.console..",
                "io.vertx.ext.web..",
                "io.vertx.core.http.."));
  }

  @Test
  void feature_packages_import_neither_vertx_nor_sql_nor_lucene_nor_infinispan() {
    holds(
        noClasses()
            .that()
            .resideInAPackage("org.gridline.dispatch..")
            .and()
            .resideOutsideOfPackages(
                "org.gridline.dispatch.store..",
                "org.gridline.dispatch.search..",
                "org.gridline.dispatch.cluster..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "io.vertx..",
                "java.sql..",
                "org.flywaydb..",
                "org.apache.lucene..",
                "org.infinispan..",
                "org.jgroups.."));
  }

  @Test
  void only_the_cluster_speaks_infinispan_and_it_speaks_nothing_else() {
    holds(
        noClasses()
            .that()
            .resideOutsideOfPackage("org.gridline.dispatch.cluster..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.infinispan..", "org.jgroups.."));
    holds(
        noClasses()
            .that()
            .resideInAPackage("org.gridline.dispatch.cluster..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "io.vertx..",
                "java.sql..",
                "org.flywaydb..",
                "org.apache.lucene..",
                "org.gridline.dispatch.ticket..",
                "org.gridline.dispatch.intake.."));
  }

  @Test
  void only_the_search_speaks_lucene() {
    holds(
        noClasses()
            .that()
            .resideInAPackage("org.gridline..")
            .and()
            .resideOutsideOfPackage("org.gridline.dispatch.search..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "org.apache.lucene..", "net.sourceforge.pinyin4j..", "com.github.houbb.."));
  }

  @Test
  void the_search_speaks_neither_vertx_nor_sql() {
    holds(
        noClasses()
            .that()
            .resideInAPackage("org.gridline.dispatch.search..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.vertx..", "java.sql..", "org.infinispan.."));
  }

  @Test
  void only_the_city_package_reads_files() {
    holds(
        noClasses()
            .that()
            .resideInAPackage("org.gridline.dispatch..")
            .and()
            .resideOutsideOfPackages(
                "org.gridline.dispatch.store..",
                "org.gridline.dispatch.city..",
                "org.gridline.dispatch.search..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.nio.file..", "com.fasterxml.jackson.."));
  }

  @Test
  void nothing_but_wiring_depends_on_the_store() {
    holds(
        noClasses()
            .that()
            .resideInAPackage("org.gridline.dispatch..")
            .and()
            .resideOutsideOfPackage("org.gridline.dispatch.store..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.gridline.dispatch.store.."));
  }

  @Test
  void deciding_has_no_clock_of_its_own() {
    holds(
        noClasses()
            .that()
            .resideInAnyPackage(
                "org.gridline.dispatch.ticket..",
                "org.gridline.dispatch.deadline..",
                "org.gridline.dispatch.route..")
            .should()
            .callMethod(java.time.Instant.class, "now")
            .orShould()
            .callMethod(java.time.LocalDate.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis"));
  }

  @Test
  void every_package_is_null_marked() {
    holds(
        classes()
            .that()
            .resideInAnyPackage("org.gridline..")
            .should(
                new ArchCondition<JavaClass>("stand in a null-marked package") {
                  @Override
                  public void check(JavaClass type, ConditionEvents events) {
                    if (!type.getPackage().isAnnotatedWith(NullMarked.class)) {
                      events.add(
                          SimpleConditionEvent.violated(
                              type, type.getPackageName() + " is not null-marked"));
                    }
                  }
                }));
  }

  @Test
  void names_tell_what_a_thing_does() {
    holds(
        noClasses()
            .that()
            .resideInAnyPackage("org.gridline..")
            .should()
            .haveSimpleNameEndingWith("Impl")
            .orShould()
            .haveSimpleNameEndingWith("Manager")
            .orShould()
            .haveSimpleNameEndingWith("Helper")
            .orShould()
            .haveSimpleNameEndingWith("Util")
            .orShould()
            .haveSimpleNameEndingWith("Utils")
            .orShould()
            .haveSimpleNameStartingWith("Abstract"));
  }

  private static void holds(ArchRule rule) {
    rule.check(HEAD_AND_GROUND);
  }
}
