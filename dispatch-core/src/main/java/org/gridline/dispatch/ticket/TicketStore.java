package org.gridline.dispatch.ticket;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.gridline.dispatch.intake.Caller;
import org.gridline.dispatch.people.Scope;
import org.gridline.dispatch.privacy.Purpose;

/**
 * Keeps tickets. Every read takes the asker's scope: what lies outside is not found. Called on
 * virtual threads; each call waits for the database, at most a bounded time, and then fails with
 * {@code unavailable}.
 */
public interface TicketStore {
  /**
   * The ticket for a decision.
   *
   * @throws org.gridline.dispatch.Failure {@code not_found} when it does not exist or lies outside
   *     the scope
   */
  Ticket get(long id, Scope scope);

  /** The ticket of a number, if it lies in the scope. */
  Optional<Ticket> findByNumber(String number, Scope scope);

  /** The tickets that were merged into this one, oldest first. */
  List<Ticket> listMerged(long master, Scope scope);

  /** Tickets of a page, and where the next page begins. */
  Page list(Search search, Scope scope);

  /**
   * The open tickets of a scope with an id above {@code afterId}, ascending, at most {@code most}.
   */
  List<Ticket> listOpen(Scope scope, long afterId, int most);

  /**
   * The current state of these tickets, for the live feed, which filters by scope itself. Missing
   * ids are left out.
   */
  List<Ticket> listById(List<Long> ids);

  /**
   * Those of these tickets that fit the search and the scope, in the search's order; its cursor and
   * limit don't count.
   */
  List<Ticket> listAmong(List<Long> ids, Search search, Scope scope);

  /** Ids above {@code afterId} with their versions, ascending, at most {@code most}. */
  List<Standing> listStandings(long afterId, int most);

  /**
   * The personal data of many tickets at once. A ticket whose data is erased or can't be opened has
   * empty particulars.
   */
  Map<Long, Particulars> listParticulars(List<Ticket> tickets);

  /**
   * Writes one decision if the ticket still has the version that the decision was made for.
   *
   * @return the ticket as it stands now when somebody was faster, empty when the decision was
   *     written
   * @throws TurnTaken when the checker that it draws has had the unit's last turn meanwhile
   * @throws org.gridline.dispatch.Failure {@code outcome_unknown} when the commit's fate is not
   *     known
   */
  Optional<Ticket> write(Decision decision);

  /**
   * The version that the ticket's last step made, up to the version that was read here. Clocks that
   * turned yellow or red, or escalated, are no steps: they change nothing that anybody decides on.
   */
  int lastStep(Ticket ticket);

  /**
   * The report's text, its address and its caller, in clear. Callers mask what the asker may not
   * see.
   */
  Particulars particulars(Ticket ticket);

  /**
   * Writes down who looked at a caller's identity, when and why, before it is shown. The reason is
   * sealed with the caller's data and forgotten with them.
   */
  void recordLook(Ticket ticket, long user, Purpose purpose, String reason, Instant at);

  /** Personal data of one ticket in clear; erased parts are empty. */
  record Particulars(String words, String address, Optional<Caller> caller) {
    @Override
    public String toString() {
      return "Particulars";
    }
  }

  /** Which version of a ticket stands. */
  record Standing(long id, int version) {}

  /**
   * What to look for; empty parts don't restrict.
   *
   * @param areas in any of these: an area, and what it was called before or is called now
   * @param flags with any of these
   */
  record Search(
      List<TicketState> states,
      Optional<String> unit,
      List<String> areas,
      Optional<String> categoryKind,
      String categoryPrefix,
      Optional<Instant> from,
      Optional<Instant> to,
      String numberPrefix,
      Optional<Near> near,
      Sort sort,
      int limit,
      Optional<String> cursor,
      Set<Flag> flags) {
    public Search {
      flags = Set.copyOf(flags);
    }
  }

  /** Within so many metres of a WGS 84 point. */
  record Near(double lon, double lat, double metres) {}

  /** The order of a page. */
  enum Sort {
    NEWEST,
    OLDEST,
    /** What turns red first comes first; tickets without a running clock come last. */
    DUE
  }

  /** {@code next} is the cursor of the following page, absent at the end. */
  record Page(List<Ticket> tickets, Optional<String> next) {
    public Page {
      tickets = List.copyOf(tickets);
    }
  }
}
