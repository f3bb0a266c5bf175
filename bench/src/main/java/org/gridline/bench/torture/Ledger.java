package org.gridline.bench.torture;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/** What clients sent and what they were told, on their side. Thread-safe. */
final class Ledger {
  /** A report, from before it is sent. */
  static final class Sent {
    final String client;
    final String key;
    final byte[] body;
    private volatile Optional<Taken> taken = Optional.empty();
    private volatile boolean refused;
    private volatile int silences;

    Sent(String client, String key, byte[] body) {
      this.client = client;
      this.key = key;
      this.body = body;
    }

    Optional<Taken> taken() {
      return taken;
    }

    boolean refused() {
      return refused;
    }

    /** How often nobody knew. */
    int silences() {
      return silences;
    }
  }

  /** What was acknowledged. */
  record Taken(long ticket, String number, byte[] answer) {}

  /** An action that was acknowledged: it made this version. */
  record Done(long ticket, int version, String event) {}

  private final Map<String, Sent> reports = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<Sent> unchecked = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<Done> uncheckedDone = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<String> broken = new ConcurrentLinkedQueue<>();
  private final AtomicLong acknowledged = new AtomicLong();
  private final AtomicLong acted = new AtomicLong();
  private final AtomicLong silent = new AtomicLong();
  private final AtomicLong unknown = new AtomicLong();
  private final AtomicLong replayed = new AtomicLong();
  private final AtomicLong conflicts = new AtomicLong();
  private final AtomicLong refusedAtAll = new AtomicLong();

  /** Before it is sent, so that whatever the database holds is known here. */
  Sent intend(String client, String key, byte[] body) {
    Sent sent = new Sent(client, key, body);
    if (reports.put(key, sent) != null) broken("the plan made the key " + key + " twice");
    return sent;
  }

  /** Somebody was told that it is taken; each time it must be the same. */
  void taken(Sent sent, Taken now) {
    synchronized (sent) {
      if (sent.refused) broken("key " + sent.key + " was refused and then taken");
      if (sent.taken.isEmpty()) {
        sent.taken = Optional.of(now);
        acknowledged.incrementAndGet();
        unchecked.add(sent);
        return;
      }
      Taken before = sent.taken.get();
      replayed.incrementAndGet();
      if (!java.util.Arrays.equals(before.answer(), now.answer()))
        broken("key " + sent.key + " was answered with other bytes than at first");
    }
  }

  void refused(Sent sent) {
    synchronized (sent) {
      if (sent.taken.isPresent()) broken("key " + sent.key + " was taken and then refused");
      sent.refused = true;
    }
    refusedAtAll.incrementAndGet();
  }

  void silence(Sent sent) {
    synchronized (sent) {
      sent.silences++;
    }
    silent.incrementAndGet();
  }

  void silence() {
    silent.incrementAndGet();
  }

  void unknown() {
    unknown.incrementAndGet();
  }

  void conflict() {
    conflicts.incrementAndGet();
  }

  void done(Done done) {
    acted.incrementAndGet();
    uncheckedDone.add(done);
  }

  void broken(String what) {
    broken.add(what);
  }

  List<String> broken() {
    return List.copyOf(broken);
  }

  Map<String, Sent> reports() {
    return reports;
  }

  /** What was acknowledged since the last call. */
  List<Sent> takeUnchecked() {
    return drain(unchecked);
  }

  List<Done> takeUncheckedDone() {
    return drain(uncheckedDone);
  }

  private static <T> List<T> drain(ConcurrentLinkedQueue<T> from) {
    List<T> all = new ArrayList<>();
    for (T one = from.poll(); one != null; one = from.poll()) all.add(one);
    return all;
  }

  /** How it stands, in numbers. */
  record Sums(
      long acknowledged,
      long acted,
      long silent,
      long unknown,
      long replayed,
      long conflicts,
      long refused) {}

  Sums sums() {
    return new Sums(
        acknowledged.get(),
        acted.get(),
        silent.get(),
        unknown.get(),
        replayed.get(),
        conflicts.get(),
        refusedAtAll.get());
  }
}
