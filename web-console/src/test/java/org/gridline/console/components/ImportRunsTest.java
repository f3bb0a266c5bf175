package org.gridline.console.components;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.Names;
import org.gridline.dispatch.component.CodeForm;
import org.gridline.dispatch.component.Component.Origin;
import org.gridline.dispatch.component.ComponentClasses;
import org.gridline.dispatch.component.ComponentRules;
import org.gridline.dispatch.component.Components;
import org.gridline.dispatch.component.ImportComponents;
import org.gridline.dispatch.people.Permission.Right;
import org.gridline.dispatch.people.Role;
import org.gridline.dispatch.people.User;
import org.gridline.dispatch.place.Places;
import org.gridline.dispatch.route.UnitTree;
import org.gridline.gis.position.Crs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of an import when something of ours breaks. */
class ImportRunsTest {
  private static final User ADMIN =
      new User(
          1,
          "admin",
          new Names("管", "A"),
          Optional.empty(),
          List.of(),
          List.of(
              new Role(
                  "admin",
                  new Names("管", "A"),
                  Role.Reach.NONE,
                  Set.of(Right.IMPORT_COMPONENTS),
                  java.util.Optional.empty())));

  private final Path folder;

  ImportRunsTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void an_error_ends_the_run_and_the_next_one_is_taken() throws IOException {
    try (ImportRuns runs =
        runs(
            () -> {
              throw new StackOverflowError("as a hostile file might cause");
            })) {
      for (int i = 0; i < 8; i++) {
        Path file = Files.writeString(folder.resolve("a.csv"), "code,lon,lat\n1,2,3\n");
        runs.reserve();
        long id = begin(runs, file).id();
        org.gridline.console.Await.until(
            () -> runs.find(id).orElseThrow().state() == ImportRuns.State.FAILED);
        assertThat(runs.find(id).orElseThrow().problem()).contains("internal error");
        org.gridline.console.Await.until(() -> !Files.exists(file));
      }
    }
  }

  @Test
  void so_many_files_at_once_and_no_more() throws IOException, InterruptedException {
    CountDownLatch hold = new CountDownLatch(1);
    try (ImportRuns runs =
        runs(
            () -> {
              try {
                hold.await();
              } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
              }
              throw new IllegalStateException("enough");
            })) {
      int taken = 0;
      try {
        for (; taken < 100; taken++) {
          runs.reserve();
          Path file = folder.resolve(taken + ".csv");
          begin(runs, Files.writeString(file, "code,lon,lat\n1,2,3\n"));
        }
      } catch (Failure full) {
        assertThat(full.code().id()).isEqualTo("overloaded");
      }
      assertThat(taken).isEqualTo(5);
      hold.countDown();
      org.gridline.console.Await.until(
          () -> runs.list().stream().allMatch(r -> r.state() == ImportRuns.State.FAILED));
      runs.reserve();
      runs.giveBack();
    }
  }

  @Test
  void a_pack_that_breaks_leaves_the_thread_working() throws IOException {
    try (ImportRuns runs =
        runs(
            () -> {
              throw new StackOverflowError();
            })) {
      runs.startPack(Files.writeString(folder.resolve("p.csv"), "code,lon,lat\n1,2,3\n"));
      runs.reserve();
      Path file = Files.writeString(folder.resolve("a.csv"), "code,lon,lat\n1,2,3\n");
      long id = begin(runs, file).id();
      org.gridline.console.Await.until(
          () -> runs.find(id).orElseThrow().state() == ImportRuns.State.FAILED);
    }
  }

  @Test
  void after_the_end_nothing_is_taken() throws IOException {
    ImportRuns runs =
        runs(
            () -> {
              throw new IllegalStateException();
            });
    runs.close();
    runs.reserve();
    Path file = Files.writeString(folder.resolve("a.csv"), "code,lon,lat\n1,2,3\n");
    assertThatThrownBy(() -> begin(runs, file)).isInstanceOf(Failure.class);
    assertThat(file).doesNotExist();
  }

  private static ImportRuns.Run begin(ImportRuns runs, Path file) {
    return runs.begin(
        file,
        "a.csv",
        ComponentFile.Reading.usual(),
        new ImportComponents.Form(Crs.WGS84, "test", Origin.SURVEYED),
        ADMIN);
  }

  private static ImportRuns runs(Supplier<Places> ground) {
    Components none =
        (Components)
            Proxy.newProxyInstance(
                Components.class.getClassLoader(),
                new Class<?>[] {Components.class},
                (proxy, method, values) -> {
                  if (method.getName().equals("knowsFile")) return false;
                  throw new AssertionError(method.getName());
                });
    ComponentRules rules = ComponentRules.usual(CodeForm.usual(), new ComponentClasses(List.of()));
    return new ImportRuns(
        new ImportComponents(
            none, rules, ground, new UnitTree(List.of()), ZoneOffset.UTC, InstantSource.system()),
        none,
        InstantSource.system());
  }
}
