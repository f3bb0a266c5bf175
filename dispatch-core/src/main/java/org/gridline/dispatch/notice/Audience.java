package org.gridline.dispatch.notice;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.gridline.dispatch.people.Role;
import org.gridline.dispatch.people.User;

/**
 * Whom a rule tells. What it comes down to for a ticket is a list of words that stand with the
 * notice and that each person has some of: {@code r:ROLE}, {@code u:UNIT}, {@code u:UNIT/r:ROLE},
 * {@code p:USER}, and {@code d:UNIT}, {@code d:UNIT@AREA} for whoever is on duty there just now.
 */
public sealed interface Audience {
  /** Whose task it is now: the owning unit, or the roles that may take the step. */
  record Acting() implements Audience {}

  /** Those who signed, returned or gave feedback so far, by name. */
  record Handlers() implements Audience {}

  /** The duty contacts of a unit by the roster of the moment, or all of it when there is none. */
  record OnDuty(Which unit) implements Audience {}

  /** Everybody with a role who may see the ticket. */
  record OfRole(String role) implements Audience {}

  /**
   * The members of a unit.
   *
   * @param role only those with this role, where there is one
   */
  record OfUnit(Which unit, Optional<String> role) implements Audience {}

  /** Which unit. */
  sealed interface Which {
    /** The one that owns the ticket. */
    record Owner() implements Which {}

    /** The one above the owner. */
    record AboveOwner() implements Which {}

    /** The one that the step names beside the owner: asked to help, or reporting. */
    record Asked() implements Which {}

    record Named(String code) implements Which {}
  }

  static String role(String role) {
    return "r:" + role;
  }

  static String unit(String unit, Optional<String> role) {
    return "u:" + unit + role.map(r -> "/r:" + r).orElse("");
  }

  static String onDuty(String unit) {
    return "d:" + unit;
  }

  /** On duty for a part of the unit's ground. */
  static String onDuty(String unit, String area) {
    return "d:" + unit + "@" + area;
  }

  static String person(long user) {
    return "p:" + user;
  }

  /** The words that somebody answers to whoever is on duty; {@link Receivers} knows the others. */
  static List<String> wordsOf(User user) {
    List<String> words = new ArrayList<>();
    for (long self : user.selves()) words.add(person(self));
    for (Role role : user.roles()) words.add(role(role.id()));
    user.unit()
        .ifPresent(
            unit -> {
              words.add(unit(unit, Optional.empty()));
              for (Role role : user.roles()) words.add(unit(unit, Optional.of(role.id())));
            });
    return words;
  }
}
