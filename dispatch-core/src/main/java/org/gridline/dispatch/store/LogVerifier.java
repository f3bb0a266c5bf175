package org.gridline.dispatch.store;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Recomputes the whole proof from the rows: every event's hash, every ticket's chain, every block,
 * the order of positions; and replays each ticket's events to the state that its row tells. Names
 * the first thing that is broken.
 *
 * <p>One pass over one snapshot, in the order of the log: events, blocks and tickets stream in by
 * COPY and hashing runs ahead on the other processors. Memory holds what was open at one moment of
 * the log. Writers and the sealer go on meanwhile; what they write is left to the next time.
 */
public final class LogVerifier {
  /** No round of the sealer is larger; a longer list is not its work. */
  private static final int MOST_IN_BLOCK = 100_000;

  /** Progress is told once for so many events. */
  private static final int TOLD = 4_096;

  private final String url;
  private final Optional<Supplier<AnchorFile.Lines>> anchors;

  LogVerifier(String url, Optional<Supplier<AnchorFile.Lines>> anchors) {
    this.url = url;
    this.anchors = anchors;
  }

  /**
   * What was found.
   *
   * @param events positions that were checked
   * @param tickets tickets whose rows were compared with all their events
   * @param unsealed events that have no position yet; their chains and tickets were checked too
   * @param unanchored blocks after the last one that is written down outside the database
   * @param unanchoredEvents positions in them
   * @param otherLogs anchors that speak of another log: right only if this database was once
   *     restored or made anew on purpose
   * @param broken the first broken row, in words; empty when everything holds
   */
  public record Verdict(
      long events,
      long tickets,
      long blocks,
      long unsealed,
      long unanchored,
      long unanchoredEvents,
      long otherLogs,
      Optional<String> broken) {}

  /** Is told how far it has come; may be called some hundred times a second. */
  public interface Progress {
    void at(long events, long ofEvents, long tickets);
  }

  /** Reads the whole log. Call where waiting is allowed. */
  public Verdict verify() {
    return verify((events, ofEvents, tickets) -> {});
  }

  /** The same, telling on the way. */
  public Verdict verify(Progress progress) {
    // What is anchored while it reads lies after the snapshot and would look like a missing block.
    Optional<AnchorFile.Lines> lines = anchors.map(Supplier::get);
    try (LogSnapshot snapshot = LogSnapshot.open(url);
        ReadAhead<LoggedEvent> events =
            new ReadAhead<>(
                "events",
                snapshot.rows(LoggedEvent.SELECT, LoggedEvent.COLUMNS),
                LoggedEvent::check);
        OpenTickets tickets = new OpenTickets(snapshot)) {
      return new Run(
              snapshot, events, tickets, lines.map(l -> l.of(snapshot.head().epoch())), progress)
          .verify();
    }
  }

  /** One reading of the log. */
  private static final class Run {
    private final LogSnapshot snapshot;
    private final LogSnapshot.Head head;
    private final ReadAhead<LoggedEvent> log;
    private final CopyRows blockRows;
    private final OpenTickets openTickets;
    private final Optional<AnchorFile.Written> anchored;
    private final Progress progress;
    private final long lastAnchored;
    private long events;
    private long blocks;
    private long unsealed;
    private long anchoredEvents;
    private byte[] blockHash = new byte[0];

    Run(
        LogSnapshot snapshot,
        ReadAhead<LoggedEvent> log,
        OpenTickets openTickets,
        Optional<AnchorFile.Written> anchored,
        Progress progress) {
      this.snapshot = snapshot;
      this.head = snapshot.head();
      this.log = log;
      this.blockRows = snapshot.rows(LoggedBlock.SELECT, LoggedBlock.COLUMNS);
      this.openTickets = openTickets;
      this.anchored = anchored;
      this.progress = progress;
      this.lastAnchored = anchored.flatMap(AnchorFile.Written::last).orElse(0L);
    }

    Verdict verify() {
      Optional<String> broken = blocks().or(this::ends).or(this::tail).or(openTickets::unfinished);
      return new Verdict(
          events,
          openTickets.finished(),
          blocks,
          unsealed,
          blocks - Math.min(lastAnchored, blocks),
          events - anchoredEvents,
          anchored.map(AnchorFile.Written::otherLogs).orElse(0L),
          broken);
    }

    private Optional<String> blocks() {
      while (blockRows.advance()) {
        LoggedBlock block = LoggedBlock.read(blockRows.row());
        Optional<String> wrong = shape(block).or(() -> events(block));
        if (wrong.isPresent()) return wrong;
        blocks++;
        if (block.number() <= lastAnchored) anchoredEvents = events;
      }
      return Optional.empty();
    }

    private Optional<String> shape(LoggedBlock block) {
      long number = blocks + 1;
      if (block.number() != number) return Optional.of("block " + number + " is missing");
      if (number > head.lastBlock()) {
        return Optional.of("block " + number + " lies beyond the sealer's own record");
      }
      if (block.firstSeq() != events + 1) {
        return Optional.of("block " + number + " does not begin at position " + (events + 1));
      }
      if (block.size() > MOST_IN_BLOCK
          || block.size() != block.lastSeq() - events
          || block.versions().length != block.size()) {
        return Optional.of("block " + number + " lists another number of events than it has");
      }
      return Optional.empty();
    }

    private Optional<String> events(LoggedBlock block) {
      MessageDigest digest = EventText.sha256();
      digest.update(blockHash);
      for (int i = 0; i < block.size(); i++) {
        Optional<LoggedEvent> next = log.next();
        Optional<String> wrong =
            next.isEmpty()
                ? Optional.of(listed(block, i) + " is missing")
                : event(block, i, next.get());
        if (wrong.isPresent()) {
          return Optional.of("position " + (events + 1) + ": " + wrong.get());
        }
        LoggedEvent e = next.orElseThrow();
        digest.update(
            e.row().raw(), e.row().from(LoggedEvent.HASH), e.row().length(LoggedEvent.HASH));
        events++;
        if (i == block.size() - 1 && (e.xid() != block.lastXid() || e.id() != block.lastId())) {
          return Optional.of("block " + block.number() + " does not end at its last event");
        }
        if (events % TOLD == 0) progress.at(events, head.lastSeq(), openTickets.finished());
      }
      blockHash = digest.digest();
      if (!Arrays.equals(blockHash, block.hash())) {
        return Optional.of("block " + block.number() + " does not match its events");
      }
      if (anchored.filter(a -> a.contradicts(block.number(), blockHash)).isPresent()) {
        return Optional.of("block " + block.number() + " is not the one that was anchored");
      }
      return Optional.empty();
    }

    private Optional<String> event(LoggedBlock block, int index, LoggedEvent e) {
      Optional<String> changed = e.intact() ? Optional.empty() : Optional.of(e + " was changed");
      if (block.lists(index, e)) return changed.isPresent() ? changed : openTickets.take(e);
      // The sealer takes events in this order and no event can appear before its end any more.
      if (!snapshot.there(block.tickets()[index], (int) block.versions()[index])) {
        return Optional.of(listed(block, index) + " is missing");
      }
      if (!block.listsLater(index, e)) return Optional.of(e + " stands in no block");
      return Optional.of(
          changed.orElse("block " + block.number() + " lists its events in another order"));
    }

    private static String listed(LoggedBlock block, int index) {
      return LoggedEvent.name(block.tickets()[index], (int) block.versions()[index]);
    }

    /** The blocks end where the sealer and the anchors say that they do. */
    private Optional<String> ends() {
      if (blocks < Math.max(head.lastBlock(), lastAnchored)) {
        return Optional.of("block " + (blocks + 1) + " is missing");
      }
      if (!Arrays.equals(blockHash, head.lastHash()) || events != head.lastSeq()) {
        return Optional.of("the sealer's own record of block " + blocks + " differs");
      }
      return Optional.empty();
    }

    /** Events that the sealer has not come to. */
    private Optional<String> tail() {
      for (var next = log.next(); next.isPresent(); next = log.next()) {
        LoggedEvent e = next.get();
        if (e.xid() < head.lastXid() || (e.xid() == head.lastXid() && e.id() <= head.lastId())) {
          return Optional.of(e + " stands in no block");
        }
        Optional<String> wrong = e.intact() ? openTickets.take(e) : Optional.of(e + " was changed");
        if (wrong.isPresent()) return wrong;
        unsealed++;
      }
      return Optional.empty();
    }
  }
}
