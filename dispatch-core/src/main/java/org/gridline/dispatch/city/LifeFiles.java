package org.gridline.dispatch.city;

import java.io.IOException;
import java.io.InputStream;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.gridline.dispatch.classify.CategoryKey;
import org.gridline.dispatch.classify.CategoryTree;
import org.gridline.dispatch.intake.ReportType;
import org.gridline.dispatch.intake.Urgency;
import org.gridline.dispatch.people.Permission;
import org.gridline.dispatch.people.Role;
import org.gridline.dispatch.route.UnitTree;
import org.gridline.dispatch.ticket.ActionKind;
import org.gridline.dispatch.ticket.ActionKind.Sort;
import org.gridline.dispatch.ticket.LifeRules;
import org.gridline.dispatch.ticket.SignOff;

/** What a pack decides about the life of its tickets: lifecycle.yaml, and its defaults. */
final class LifeFiles {
  private static final String NAME = "lifecycle.yaml";

  /** The loop without which no ticket comes to its end; a pack says who does each of these. */
  private static final Set<ActionKind> LOOP =
      EnumSet.of(
          ActionKind.ACCEPT,
          ActionKind.FILE,
          ActionKind.DISPATCH,
          ActionKind.SIGN,
          ActionKind.RETURN,
          ActionKind.APPROVE_RETURN,
          ActionKind.DENY_RETURN,
          ActionKind.FEEDBACK,
          ActionKind.PASS,
          ActionKind.CHECK,
          ActionKind.REVISIT,
          ActionKind.REWORK,
          ActionKind.CLOSE);

  /** For cities under a platform above. */
  private static final List<ActionKind> OF_PARENT =
      List.of(
          ActionKind.LINK_PARENT,
          ActionKind.PARENT_REVISIT,
          ActionKind.RETURN_TO_PARENT,
          ActionKind.PARENT_WITHDREW);

  private LifeFiles() {}

  /** The file with the program's defaults for what it does not say. */
  static Yaml yaml(PackFolder folder) {
    Yaml defaults = defaults();
    return folder
        .find(NAME)
        .map(Yaml::read)
        .map(read -> read.or(defaults))
        .orElse(defaults)
        .only(
            "off",
            "returns",
            "extensions",
            "suspension",
            "objection",
            "reopening",
            "appeal",
            "revisit",
            "checking",
            "signOff",
            "parent",
            "answered",
            "selfHandled",
            "suspensionReasons",
            "cancelReasons",
            "verifyResults",
            "exceptions",
            "whistles");
  }

  /**
   * @param usualReturns what city.yaml says, for packs whose lifecycle.yaml does not
   */
  static LifeRules rules(
      PackFolder folder,
      Yaml yaml,
      int usualReturns,
      CategoryTree categories,
      UnitTree units,
      List<Role> roles) {
    Yaml returns = yaml.get("returns").only("max", "windowDays");
    Set<ActionKind> off = EnumSet.noneOf(ActionKind.class);
    off.addAll(yaml.list("off", LifeFiles::action));
    // A city that says nothing goes on as its roles know it.
    if (folder.find(NAME).isEmpty()) off.addAll(knownToNobody(roles));
    List<SignOff> signOff = yaml.optionalList("signOff", s -> signOff(s, units, roles));
    Optional<Yaml> parent =
        yaml.find("parent").map(p -> p.only("returnDays", "grounds", "replyForms"));
    if (parent.isEmpty()) off.addAll(OF_PARENT);
    // Nobody need be able to sign where nothing is signed.
    if (signOff.isEmpty()) off.addAll(List.of(ActionKind.SIGN_OFF, ActionKind.REFUSE_DRAFT));
    return new LifeRules(
        off,
        returns.find("max").isPresent() ? count(returns, "max") : usualReturns,
        returns.find("windowDays").isPresent() ? returns.number("windowDays") : 1,
        count(yaml.get("extensions").only("max"), "max"),
        count(yaml.get("suspension").only("mostDays"), "mostDays"),
        count(yaml.get("objection").only("days"), "days"),
        count(yaml.get("reopening").only("days"), "days"),
        count(yaml.get("appeal").only("days"), "days"),
        count(yaml.get("revisit").only("tries"), "tries"),
        new HashSet<>(yaml.list("answered", LifeFiles::type)),
        selfHandled(yaml, categories),
        checking(yaml.get("checking").only("drawn", "repeated")),
        signOff,
        parent.map(p -> p.number("returnDays")).orElse(1.0));
  }

  /** What a city has that answers a platform above; empty where it has none. */
  static <T> List<T> ofParent(Yaml yaml, String list, Function<Yaml, T> reader) {
    return yaml.find("parent").map(p -> p.list(list, reader)).orElse(List.of());
  }

  private static SignOff signOff(Yaml yaml, UnitTree units, List<Role> roles) {
    yaml.only("actions", "kinds", "units", "urgencies", "supervised", "chain");
    return new SignOff(
        new HashSet<>(yaml.list("actions", LifeFiles::action)),
        new HashSet<>(yaml.optionalList("kinds", Yaml::text)),
        new HashSet<>(yaml.optionalList("units", u -> units.get(u.text()).code())),
        new HashSet<>(
            yaml.optionalList(
                "urgencies",
                u ->
                    Urgency.find(u.text())
                        .orElseThrow(() -> u.wrong("", "is no urgency: " + u.text())))),
        yaml.find("supervised").isEmpty() ? 0 : count(yaml, "supervised"),
        yaml.list("chain", s -> signer(s.only("role", "of"), roles)));
  }

  /** Whoever is named to sign may sign, and may send back what they don't sign. */
  private static SignOff.Signer signer(Yaml yaml, List<Role> roles) {
    String id = yaml.text("role");
    Role role =
        roles.stream()
            .filter(r -> r.id().equals(id))
            .findFirst()
            .orElseThrow(() -> yaml.wrong("role", "is not in roles.yaml: " + id));
    for (ActionKind needed : List.of(ActionKind.SIGN_OFF, ActionKind.REFUSE_DRAFT))
      if (!role.permissions().contains(new Permission.Act(needed)))
        throw yaml.wrong("role", id + " has no permission " + needed.id());
    String of = yaml.optionalText("of");
    return new SignOff.Signer(
        id,
        of.isEmpty()
            ? SignOff.Of.UNIT
            : SignOff.Of.find(of).orElseThrow(() -> yaml.wrong("of", "must be unit or above")));
  }

  private static LifeRules.Checking checking(Yaml yaml) {
    try {
      return new LifeRules.Checking(
          yaml.find("drawn").isEmpty() || yaml.yes("drawn"),
          yaml.find("repeated").isEmpty() ? 0 : yaml.number("repeated"));
    } catch (IllegalArgumentException e) {
      throw yaml.wrong("", String.valueOf(e.getMessage()));
    }
  }

  private static ActionKind action(Yaml name) {
    return ActionKind.find(name.text())
        .filter(a -> a.sort() != Sort.BY_RULE)
        .orElseThrow(() -> name.wrong("", "is no action of people: " + name.text()));
  }

  private static ReportType type(Yaml name) {
    return ReportType.find(name.text())
        .orElseThrow(() -> name.wrong("", "is no type of report: " + name.text()));
  }

  private static int count(Yaml yaml, String member) {
    double number = yaml.number(member);
    if (number != Math.rint(number) || Math.abs(number) > 1_000_000)
      throw yaml.wrong(member, "must be a whole number");
    return (int) number;
  }

  private static Set<ActionKind> knownToNobody(List<Role> roles) {
    Set<ActionKind> unknown = EnumSet.complementOf(EnumSet.copyOf(LOOP));
    for (Role role : roles)
      for (Permission permission : role.permissions())
        if (permission instanceof Permission.Act(var action)) unknown.remove(action);
    return unknown.stream()
        .filter(a -> a.sort() != Sort.BY_RULE)
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(ActionKind.class)));
  }

  private static Map<String, Set<String>> selfHandled(Yaml yaml, CategoryTree categories) {
    Map<String, Set<String>> prefixes = new HashMap<>();
    for (Yaml entry : yaml.list("selfHandled", e -> e)) {
      String text = entry.text();
      int colon = text.indexOf(':');
      if (colon < 1
          || colon == text.length() - 1
          || categories
              .find(new CategoryKey(text.substring(0, colon), text.substring(colon + 1)))
              .isEmpty()) throw entry.wrong("", "is no category, written KIND:CODE: " + text);
      CategoryKey key = new CategoryKey(text.substring(0, colon), text.substring(colon + 1));
      prefixes.computeIfAbsent(key.kind(), k -> new HashSet<>()).add(key.code());
    }
    return prefixes;
  }

  private static Yaml defaults() {
    try (InputStream in =
        Objects.requireNonNull(LifeFiles.class.getResourceAsStream("lifecycle-defaults.yaml"))) {
      return Yaml.read(NAME, in);
    } catch (IOException e) {
      throw new IllegalStateException("lifecycle-defaults.yaml belongs to this program", e);
    }
  }
}
