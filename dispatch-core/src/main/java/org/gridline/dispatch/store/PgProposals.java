package org.gridline.dispatch.store;

import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.gridline.dispatch.people.People.Deed;
import org.gridline.dispatch.people.Person;
import org.gridline.dispatch.people.PersonChange;
import org.gridline.dispatch.people.Proposals;
import org.gridline.dispatch.ticket.TicketNumbers;

/** Proposed changes of accounts, each with its line in the log. */
final class PgProposals implements Proposals {
  private static final String PROPOSE =
      """
      WITH asked AS (
        INSERT INTO people_request (id, kind, subject, version, data, why, proposed_by, proposed_at, expires_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING id)
      INSERT INTO people_log (at, kind, actor, subject, request, after, why)
      SELECT $8, 'proposed', $7, $3, id, $5::jsonb || jsonb_build_object('change', $2::text), $6 FROM asked
      """;

  private static final String REFUSE =
      """
      WITH done AS (
        UPDATE people_request SET decided_by = $2, decided_at = $3, outcome = 'REFUSED'
         WHERE id = $1 AND decided_at IS NULL AND expires_at > $3 RETURNING id, subject, kind)
      INSERT INTO people_log (at, kind, actor, subject, request, before, why)
      SELECT $3, 'refused', $2, subject, id, jsonb_build_object('change', kind), $4 FROM done
      """;

  private final Sql sql;
  private final TicketNumbers numbers;

  PgProposals(Sql sql, TicketNumbers numbers) {
    this.sql = sql;
    this.numbers = numbers;
  }

  @Override
  public Proposal add(Person subject, PersonChange change, Deed deed, Instant expiresAt) {
    long id = numbers.nextId();
    Bind values =
        new Bind()
            .add(id)
            .add(change.id())
            .add(subject.id())
            .add(subject.version())
            .add(PeopleRows.data(change))
            .add(deed.why())
            .add(deed.actor())
            .add(deed.at())
            .add(expiresAt);
    sql.write(PROPOSE, values.tuple());
    return new Proposal(
        id,
        subject.id(),
        subject.version(),
        change,
        deed.why(),
        deed.actor(),
        deed.at(),
        expiresAt,
        Optional.empty());
  }

  @Override
  public List<Proposal> list(Instant now) {
    List<Proposal> found = new ArrayList<>();
    for (Row r :
        sql.read(
            "SELECT * FROM people_request ORDER BY (decided_at IS NULL AND expires_at > $1) DESC,"
                + " proposed_at DESC, id DESC LIMIT 100",
            new Bind().add(now).tuple())) {
      found.add(PeopleRows.proposal(r));
    }
    return found;
  }

  @Override
  public Optional<Proposal> find(long id) {
    Iterator<Row> rows =
        sql.read("SELECT * FROM people_request WHERE id = $1", new Bind().add(id).tuple())
            .iterator();
    return rows.hasNext() ? Optional.of(PeopleRows.proposal(rows.next())) : Optional.empty();
  }

  @Override
  public boolean refuse(long proposal, Deed deed) {
    return sql.write(
                REFUSE,
                new Bind().add(proposal).add(deed.actor()).add(deed.at()).add(deed.why()).tuple())
            .rowCount()
        > 0;
  }
}
