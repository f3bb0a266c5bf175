package org.gridline.dispatch.store;

import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.List;
import org.gridline.dispatch.people.PeopleLog;

/** What was done to accounts, as each statement that did it wrote it down. */
record PgPeopleLog(Sql sql) implements PeopleLog {
  @Override
  public List<Line> list(Filter filter, int most) {
    List<Line> lines = new ArrayList<>();
    for (Row r :
        sql.read(
            """
            SELECT * FROM people_log l
             WHERE ($1::bigint IS NULL OR l.subject = $1 OR l.actor = $1) AND ($2::text IS NULL OR l.kind = $2)
               AND ($3::timestamptz IS NULL OR l.at >= $3) AND ($4::timestamptz IS NULL OR l.at < $4)
               AND ($5::bigint IS NULL OR l.id < $5)
             ORDER BY l.id DESC LIMIT $6
            """,
            new Bind()
                .add(filter.person())
                .add(filter.kind())
                .add(filter.from().map(at -> at.atOffset(java.time.ZoneOffset.UTC)))
                .add(filter.to().map(at -> at.atOffset(java.time.ZoneOffset.UTC)))
                .add(filter.before().isPresent() ? filter.before().getAsLong() : null)
                .add(most)
                .tuple())) {
      lines.add(PeopleRows.line(r));
    }
    return lines;
  }
}
