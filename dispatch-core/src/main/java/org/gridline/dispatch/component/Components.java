package org.gridline.dispatch.component;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.gridline.dispatch.classify.CategoryKey;
import org.gridline.dispatch.event.Actor;
import org.gridline.dispatch.intake.IdempotencyKey;
import org.gridline.dispatch.people.Scope;
import org.gridline.gis.position.Position;

/**
 * Keeps the register. What people read takes their scope: what lies outside is not found. Routing
 * reads all of it, as it reads all duties. Called on virtual threads; each call waits for the
 * database, a bounded time, and then fails with {@code unavailable}.
 */
public interface Components {
  /**
   * @throws org.gridline.dispatch.Failure {@code not_found} when it is not there or outside the
   *     scope
   */
  Component get(ComponentCode code, Scope scope);

  /** Those of these that are there; for routing. */
  List<Component> listByCode(Collection<ComponentCode> codes);

  /** The nearest of these classes that were not removed, nearest first; for routing. */
  List<Nearby> listNear(Collection<CategoryKey> types, Position at, double metres, int most);

  Page list(Search search, Scope scope);

  /** Every change, oldest first; nothing outside the scope. */
  List<ComponentChange> history(ComponentCode code, Scope scope);

  /**
   * Which of these units have somebody of their own who can sign in; people of a unit above don't
   * count.
   */
  Set<String> staffed(Set<String> units);

  /** One more than the greatest running number behind these digits. */
  long nextNumber(String prefix, int order);

  /**
   * Adds a component.
   *
   * @return false when its code, or the step's key, was taken meanwhile
   */
  boolean add(Component component, Step step);

  /**
   * Writes the next version if the one before it still stands.
   *
   * @return what stands now when somebody was faster, empty when it was written
   */
  Optional<Component> write(Component next, Step step);

  /**
   * What a key led to before.
   *
   * @throws org.gridline.dispatch.Failure {@code idempotency_key_reused} when it was another
   *     request
   */
  Optional<ComponentCode> findStep(IdempotencyKey key);

  /**
   * Adds what is new and updates what differs, each with a row of history. What the register knows
   * of a later day stays.
   */
  Tally take(List<Incoming> rows, Actor by, Instant at);

  /** Whether a file with this content was imported before. */
  boolean knowsFile(String sha256);

  /** Writes down that a file was imported. */
  void recordImport(ImportedFile file);

  /**
   * A row of a file. What the file does not say stays as it stands.
   *
   * @param component as it is when it is new
   * @param since, changedOn, state as the file says them
   */
  record Incoming(
      Component component,
      Optional<LocalDate> since,
      Optional<LocalDate> changedOn,
      Optional<ComponentState> state) {}

  /** A component and how far it is. */
  record Nearby(Component component, double metres) {}

  /**
   * Who does what to a component.
   *
   * @param key the request's own name; absent when the version alone protects it
   */
  record Step(ComponentChange change, Optional<IdempotencyKey> key) {}

  /** What came of some rows; {@code kept}: the register knew of a later day. */
  record Tally(long added, long changed, long unchanged, long kept) {
    public static Tally nothing() {
      return new Tally(0, 0, 0, 0);
    }

    public Tally plus(Tally more) {
      return new Tally(
          added + more.added, changed + more.changed, unchanged + more.unchanged, kept + more.kept);
    }
  }

  /** One import, for the book of imports; {@code user} is absent for the pack's own file. */
  record ImportedFile(
      String sha256,
      String name,
      OptionalLong user,
      Instant at,
      long accepted,
      long rejected,
      Tally tally) {}

  /**
   * What to look for; empty parts don't restrict.
   *
   * @param typePrefix what the class's code begins with
   * @param near with it the nearest come first, and there is one page
   * @param after the last code of the page before
   */
  record Search(
      Optional<String> typeKind,
      String typePrefix,
      Optional<String> area,
      Optional<ComponentState> state,
      Optional<Around> near,
      int limit,
      Optional<ComponentCode> after) {}

  /** Within so many metres of a WGS 84 point. */
  record Around(Position at, double metres) {}

  /** {@code next} is where the following page begins, absent at the end. */
  record Page(List<Nearby> components, Optional<ComponentCode> next) {
    public Page {
      components = List.copyOf(components);
    }
  }
}
