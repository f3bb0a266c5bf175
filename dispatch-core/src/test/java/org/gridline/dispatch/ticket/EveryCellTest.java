package org.gridline.dispatch.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;
import org.gridline.dispatch.Names;
import org.gridline.dispatch.city.CityPack;
import org.gridline.dispatch.city.CityPackReader;
import org.gridline.dispatch.people.Permission;
import org.gridline.dispatch.people.Role;
import org.gridline.dispatch.people.User;
import org.gridline.dispatch.ticket.Lifecycle.Row;
import org.junit.jupiter.api.Test;

/** Every (state, action, role) cell: legal, or refused with the code that says why. */
class EveryCellTest {
  private static final Instant BEGIN = Instant.parse("2026-03-02T01:00:00Z");
  private static final CityPack PACK =
      CityPackReader.read(Walker.repository().resolve("config/cities/qixia-sample"));

  /** Why somebody who has the permission may still be refused. */
  private static final Set<FailureCode> BY_CIRCUMSTANCE =
      EnumSet.of(
          FailureCode.ILLEGAL_ACTION,
          FailureCode.NOT_PERMITTED,
          FailureCode.INDEPENDENCE_REQUIRED,
          FailureCode.INVALID_REQUEST);

  private final Walker walker = new Walker(PACK, 7);

  @Test
  void every_cell_of_the_table_is_legal_or_refused_with_the_right_code() {
    Map<TicketState, List<Ticket>> samples = samples();
    Ticket master = walker.fresh(BEGIN);
    int legal = 0;
    int refused = 0;
    for (TicketState state : TicketState.values()) {
      for (Ticket ticket : samples.getOrDefault(state, List.of())) {
        for (ActionKind kind : ActionKind.values()) {
          for (Role role : PACK.roles()) {
            Optional<FailureCode> code = tried(ticket, kind, holder(role, ticket), master);
            if (code.isEmpty()) legal++;
            else refused++;
            cell(ticket, kind, role, code);
          }
        }
      }
    }
    assertThat(legal).isGreaterThan(500);
    assertThat(refused).isGreaterThan(10_000);
  }

  private void cell(Ticket ticket, ActionKind kind, Role role, Optional<FailureCode> code) {
    String where = ticket.state() + " " + kind + " " + role.id();
    List<Row> rows = Lifecycle.list(ticket.state(), kind);
    if (rows.isEmpty()) {
      assertThat(code).as(where).contains(FailureCode.ILLEGAL_ACTION);
    } else if (!role.permissions().contains(new Permission.Act(kind))) {
      assertThat(code).as(where).contains(FailureCode.NOT_PERMITTED);
    } else {
      code.ifPresent(c -> assertThat(BY_CIRCUMSTANCE).as(where).contains(c));
    }
    // What is offered is never refused for who asks, and what is not offered is never done.
    boolean offered =
        walker.decide.offer(ticket, holder(role, ticket), ticket.updatedAt()).contains(kind);
    if (offered)
      code.ifPresent(
          c ->
              assertThat(c)
                  .as(where)
                  .isNotIn(FailureCode.NOT_PERMITTED, FailureCode.INDEPENDENCE_REQUIRED));
    else assertThat(code).as(where).isPresent();
  }

  private Optional<FailureCode> tried(Ticket ticket, ActionKind kind, User by, Ticket master) {
    Action action = walker.action(kind, master, ticket.updatedAt());
    try {
      walker.decide.decide(ticket, action, by, ticket.updatedAt());
      return Optional.empty();
    } catch (Failure failure) {
      return Optional.of(failure.code());
    }
  }

  /** Somebody of that role who never touched the ticket; of the owning unit where that fits. */
  private static User holder(Role role, Ticket ticket) {
    boolean unit = role.reach() == Role.Reach.UNIT || role.id().equals("streetCentre");
    return new User(
        9_000_000L + PACK.roles().indexOf(role),
        role.id(),
        new Names("某人", "somebody"),
        unit
            ? ticket.owner().map(Ticket.Owner::unit).or(() -> Optional.of("QX-CG"))
            : Optional.of("QX-ZX"),
        List.of(),
        List.of(role));
  }

  /** Some tickets in each state, found by walking. */
  private Map<TicketState, List<Ticket>> samples() {
    Map<TicketState, List<Ticket>> found = new EnumMap<>(TicketState.class);
    Ticket master = walker.fresh(BEGIN);
    Instant now = BEGIN;
    Ticket ticket = walker.fresh(now);
    for (int i = 0; i < 60_000; i++) {
      now = walker.later(now);
      Optional<Decision> step = walker.step(ticket, master, now);
      if (step.isPresent()) {
        ticket = step.get().after();
        List<Ticket> there =
            found.computeIfAbsent(ticket.state(), s -> new java.util.ArrayList<>());
        if (there.size() < 12) there.add(ticket);
        if (ticket.state() == TicketState.CLOSED && !found.containsKey(TicketState.ARCHIVED)) {
          Ticket closed = ticket;
          try {
            Decision archived =
                walker.decide.decideByRule(
                    closed, new Action.Plain(ActionKind.ARCHIVE, ""), "appeal-window", now);
            found.put(TicketState.ARCHIVED, List.of(archived.after()));
          } catch (Failure undecided) {
            // Another closed ticket will do.
            now = now.plusSeconds(1);
          }
        }
      }
      if (ticket.version() > 60 || walker.decide.legal(ticket, now).isEmpty()) {
        ticket = walker.fresh(now);
      }
    }
    assertThat(found.keySet()).hasSize(TicketState.values().length);
    return found;
  }
}
