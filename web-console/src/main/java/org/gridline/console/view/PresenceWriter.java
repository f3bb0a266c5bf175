package org.gridline.console.view;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;
import org.gridline.dispatch.people.Permission;
import org.gridline.dispatch.people.Presence.Onlooker;
import org.gridline.dispatch.people.User;
import org.gridline.dispatch.route.Unit;
import org.gridline.dispatch.route.UnitTree;
import org.gridline.dispatch.ticket.ActionKind;
import org.gridline.dispatch.ticket.Ticket;

/**
 * Colleagues at a ticket as JSON. That somebody is there is told to everybody who may see the
 * ticket, since that is what keeps two from doing the same; who it is, only where it can do no
 * harm:
 *
 * <ul>
 *   <li>within one unit and towards the units below one's own everybody has a name;
 *   <li>the centre sees names, except a checker, who is to be independent of those who handled and
 *       so is told no other unit's people;
 *   <li>outside the centre, where a caller must be protected (complaints, reports, confidence;
 *       domain page §13), nobody of another unit is named: who looks into a complaint is no news
 *       for those it may be about.
 * </ul>
 */
public final class PresenceWriter {
  private static final String CENTRE = "centre";
  private static final Permission CHECK = new Permission.Act(ActionKind.CHECK);

  private final UnitTree units;
  private final ZoneId zone;

  public PresenceWriter(UnitTree units, ZoneId zone) {
    this.units = units;
    this.zone = zone;
  }

  /**
   * One colleague.
   *
   * @param user absent for one who is no longer known
   */
  public ObjectNode onlooker(Onlooker at, Optional<User> user, Ticket ticket, User asker) {
    Optional<User> named = user.filter(u -> mayName(u, ticket, asker));
    ObjectNode node = Json.object();
    Json.put(node, "user", named.map(User::login));
    Json.put(node, "name", named.map(u -> u.name().zh()));
    Json.put(node, "nameEn", named.map(u -> u.name().en()));
    unit(node, named.flatMap(User::unit));
    node.put("mode", at.mode().name().toLowerCase(Locale.ROOT));
    node.put("since", Json.time(at.since(), zone));
    return node;
  }

  /**
   * How many of a unit are here.
   *
   * @param code empty for people of no unit
   */
  public ObjectNode unit(String code, int people) {
    ObjectNode node = Json.object();
    unit(node, Optional.of(code).filter(c -> !c.isEmpty()));
    return node.put("people", people);
  }

  private void unit(ObjectNode node, Optional<String> code) {
    Optional<Unit> unit = code.flatMap(units::find);
    Json.put(node, "unit", code);
    Json.put(node, "unitName", unit.map(u -> u.name().zh()));
    Json.put(node, "unitNameEn", unit.map(u -> u.name().en()));
  }

  private boolean mayName(User other, Ticket ticket, User asker) {
    if (asker.unit().isPresent() && asker.unit().equals(other.unit())) return true;
    if (asker.may(CHECK)) return false;
    if (asker.unit().flatMap(units::find).filter(u -> u.kind().equals(CENTRE)).isPresent()) {
      return true;
    }
    boolean below =
        asker
            .unit()
            .filter(own -> other.unit().filter(units.withSubUnits(own)::contains).isPresent())
            .isPresent();
    return below || Sight.of(ticket, asker) == Sight.CLEAR;
  }
}
