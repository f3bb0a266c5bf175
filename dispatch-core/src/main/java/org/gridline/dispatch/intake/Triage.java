package org.gridline.dispatch.intake;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;
import org.gridline.dispatch.classify.CategoryKey;
import org.gridline.dispatch.classify.Classifier;
import org.gridline.dispatch.classify.Suggestion;
import org.gridline.dispatch.component.Component;
import org.gridline.dispatch.component.ComponentCode;
import org.gridline.dispatch.component.Pointed;
import org.gridline.dispatch.component.RouteByComponent;
import org.gridline.dispatch.component.RouteByComponent.Lead;
import org.gridline.dispatch.place.Place;
import org.gridline.dispatch.place.Places;
import org.gridline.dispatch.route.Assignment;
import org.gridline.dispatch.route.Assignment.Candidate;
import org.gridline.dispatch.route.Assignment.Doubt;
import org.gridline.dispatch.route.Router;
import org.gridline.dispatch.ticket.Policy;
import org.gridline.gis.position.Crs;
import org.gridline.gis.position.RawPosition;

/** Where it is, what it is about and whose it is, before anything is written. Thread-safe. */
final class Triage {
  /** How many categories are offered when nobody chose one. */
  private static final int SUGGESTIONS = 3;

  private final Classifier classifier;
  private final Router router;
  private final RouteByComponent components;
  private final Policy policy;

  Triage(Classifier classifier, Router router, RouteByComponent components, Policy policy) {
    this.classifier = classifier;
    this.router = router;
    this.components = components;
    this.policy = policy;
  }

  /** What is told about a matter. {@code chosen} is the category that a person chose. */
  record Told(
      String words,
      String address,
      Optional<RawPosition> position,
      OptionalDouble accuracyMetres,
      Optional<CategoryKey> chosen,
      Optional<ComponentCode> component) {}

  /**
   * What follows from it.
   *
   * @param component the one that it speaks of
   * @param passed why that component did not decide; empty when it did, or when there is none
   */
  record Finding(
      Place place,
      List<Suggestion> suggestions,
      Assignment owner,
      Optional<Component> component,
      String passed) {
    Finding {
      suggestions = List.copyOf(suggestions);
    }
  }

  Finding look(Places places, Told told, LocalDate day) {
    Pointed pointed =
        components.named(
            told.component(),
            told.words() + "\n" + told.address(),
            told.position().flatMap(Places::wgs84));
    Optional<RawPosition> position = told.position().or(() -> positionOf(pointed));
    Place place = places.locate(position, told.accuracyMetres(), told.address());
    List<Suggestion> suggestions = suggest(told, pointed);
    if (pointed instanceof Pointed.Nobody) {
      Pointed beside = beside(told, place, suggestions);
      return decide(places, told, beside, place, suggestions, day);
    }
    return decide(places, told, pointed, place, suggestions, day);
  }

  private Finding decide(
      Places places,
      Told told,
      Pointed pointed,
      Place place,
      List<Suggestion> suggestions,
      LocalDate day) {
    Lead lead = components.lead(pointed, certain(suggestions), place);
    Assignment owner =
        lead instanceof Lead.To(var assignment)
            ? withCategory(assignment, suggestions)
            : router.route(
                suggestions.stream().findFirst(),
                place,
                places.around(place, told.accuracyMetres()),
                day);
    return new Finding(
        place,
        suggestions,
        owner,
        pointed instanceof Pointed.One(var c, var how, var m) ? Optional.of(c) : Optional.empty(),
        lead instanceof Lead.Past(var why) ? why.name().toLowerCase(Locale.ROOT) : "");
  }

  /** Only an exact position of somebody who knows what it is about points at anything. */
  private Pointed beside(Told told, Place place, List<Suggestion> suggestions) {
    Optional<CategoryKey> matter = certain(suggestions);
    return told.position().isPresent() && place.certain() && matter.isPresent()
        ? place
            .position()
            .map(at -> components.near(matter.get(), at, told.accuracyMetres()))
            .orElseGet(Pointed.Nobody::new)
        : new Pointed.Nobody();
  }

  /** What it is surely about; a category that a person chose is certain. */
  private Optional<CategoryKey> certain(List<Suggestion> suggestions) {
    return suggestions.stream()
        .findFirst()
        .filter(s -> s.score() >= router.certainScore())
        .map(s -> s.category().key());
  }

  private static Optional<RawPosition> positionOf(Pointed pointed) {
    return pointed instanceof Pointed.One(var c, var how, var metres)
        ? Optional.of(new RawPosition(c.position().lon(), c.position().lat(), Crs.WGS84))
        : Optional.empty();
  }

  /** Without a category a ticket can't be accepted, however sure its owner is. */
  private static Assignment withCategory(Assignment owner, List<Suggestion> suggestions) {
    return owner instanceof Assignment.Certain(var unit, var ground) && suggestions.isEmpty()
        ? new Assignment.Uncertain(Doubt.NO_CATEGORY, List.of(new Candidate(unit, "", "")))
        : owner;
  }

  /**
   * A component says what a report about it is about, unless a person chose, or the words leave no
   * doubt (noise beside a lamp).
   */
  private List<Suggestion> suggest(Told told, Pointed pointed) {
    if (told.chosen().isPresent()) return List.of(chosen(told.chosen().get()));
    List<Suggestion> said = classifier.classify(told.words(), SUGGESTIONS);
    if (!(pointed instanceof Pointed.One(var component, var how, var metres))) return said;
    Optional<Suggestion> usual =
        components
            .category(component)
            .flatMap(policy.categories()::find)
            .map(c -> new Suggestion(c, 1, List.of()));
    if (certain(said).isPresent() || usual.isEmpty()) return said;
    List<Suggestion> first = new ArrayList<>(usual.stream().toList());
    said.stream()
        .filter(s -> !s.category().key().equals(first.getFirst().category().key()))
        .limit(SUGGESTIONS - 1)
        .forEach(first::add);
    return first;
  }

  private Suggestion chosen(CategoryKey key) {
    return policy
        .categories()
        .find(key)
        .filter(c -> policy.categories().leaf(key))
        .map(c -> new Suggestion(c, 1, List.of()))
        .orElseThrow(
            () ->
                Failure.atField(
                    FailureCode.CATEGORY_UNKNOWN,
                    "category",
                    "no class " + key.kind() + ":" + key.code()));
  }
}
