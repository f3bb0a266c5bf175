package org.gridline.dispatch.search.words;

import java.time.Instant;
import java.util.Optional;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.LatLonPoint;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.Term;
import org.gridline.dispatch.deadline.Deadline;
import org.gridline.dispatch.people.Scope;
import org.gridline.dispatch.ticket.Flag;
import org.gridline.dispatch.ticket.Life;
import org.gridline.dispatch.ticket.Ticket;
import org.gridline.dispatch.ticket.TicketStore.Particulars;
import org.gridline.dispatch.ticket.TicketWords.Reader;

/**
 * A ticket as it stands in the index: everything that a search or a scope can ask for, and the
 * words once for each kind of readers. Nothing is stored, so no text can be read back.
 */
final class TicketDocument {
  static final String KEY = "key";
  static final String ID = "id";
  static final String VERSION = "version";
  static final String STATE = "state";
  static final String UNIT = "unit";

  /** Units that help the owner, and who was drawn to check; they see the ticket for that. */
  static final String HELPER = "helper";

  static final String FLAG = "flag";
  static final String AREA = "area";
  static final String KIND = "kind";
  static final String CODE = "code";
  static final String NUMBER = "number";
  static final String REGISTERED = "registered";
  static final String DUE = "due";
  static final String POSITION = "position";

  /** Where tickets without a running clock stand in the order by due time. */
  static final long NEVER = Long.MAX_VALUE;

  private TicketDocument() {}

  /** Which form of the words this reader searches. */
  static String field(Reader reader) {
    return switch (reader) {
      case CENTRE -> "centre";
      case OTHERS -> "others";
      case CHECKER -> "checker";
    };
  }

  static Term key(long id) {
    return new Term(KEY, Long.toString(id));
  }

  static Document of(Ticket ticket, Particulars particulars, Legible legible) {
    Document d = new Document();
    d.add(new StringField(KEY, Long.toString(ticket.id()), Field.Store.NO));
    d.add(new LongPoint(ID, ticket.id()));
    d.add(new NumericDocValuesField(ID, ticket.id()));
    d.add(new NumericDocValuesField(VERSION, ticket.version()));
    d.add(new StringField(STATE, ticket.state().name(), Field.Store.NO));
    d.add(new StringField(NUMBER, ticket.number(), Field.Store.NO));
    ticket.owner().ifPresent(o -> d.add(new StringField(UNIT, o.unit(), Field.Store.NO)));
    for (Flag flag : ticket.flags()) d.add(new StringField(FLAG, flag.name(), Field.Store.NO));
    for (Life.Part part : ticket.progress().life().parts())
      d.add(new StringField(HELPER, part.unit(), Field.Store.NO));
    ticket
        .progress()
        .life()
        .check()
        .ifPresent(c -> d.add(new StringField(HELPER, Scope.drawn(c.checker()), Field.Store.NO)));
    for (String code : ticket.place().codesNow())
      d.add(new StringField(AREA, code, Field.Store.NO));
    ticket
        .matter()
        .category()
        .ifPresent(
            c -> {
              d.add(new StringField(KIND, c.kind(), Field.Store.NO));
              d.add(new StringField(CODE, c.code(), Field.Store.NO));
            });
    d.add(new LongPoint(REGISTERED, micros(ticket.registeredAt())));
    d.add(new NumericDocValuesField(DUE, due(ticket)));
    ticket.place().position().ifPresent(p -> d.add(new LatLonPoint(POSITION, p.lat(), p.lon())));
    for (String text : new String[] {particulars.words(), particulars.address()}) {
      words(d, Reader.CENTRE, text);
      words(d, Reader.OTHERS, legible.to(Reader.OTHERS, text, ticket, particulars));
      if (ticket.progress().life().check().isPresent())
        words(d, Reader.CHECKER, legible.to(Reader.CHECKER, text, ticket, particulars));
    }
    return d;
  }

  private static void words(Document d, Reader reader, String text) {
    if (!text.isBlank())
      d.add(new TextField(field(reader), WordAnalysis.text(text), Field.Store.NO));
  }

  static long micros(Instant at) {
    return at.getEpochSecond() * 1_000_000 + at.getNano() / 1_000;
  }

  private static long due(Ticket ticket) {
    Optional<Instant> due =
        ticket.deadlines().stream()
            .filter(clock -> clock.pausedAt().isEmpty())
            .map(Deadline::dueAt)
            .min(Instant::compareTo);
    return due.map(TicketDocument::micros).orElse(NEVER);
  }
}
