package org.gridline.bench.intake;

import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.gridline.bench.common.Hands;
import org.gridline.bench.common.SampleCity;
import org.gridline.bench.common.Side;
import org.gridline.dispatch.classify.CategoryKey;
import org.gridline.dispatch.intake.Caller;
import org.gridline.dispatch.intake.IdempotencyKey;
import org.gridline.dispatch.intake.Intake;
import org.gridline.dispatch.intake.NewTicket;
import org.gridline.dispatch.intake.TakeReport;

/** Gridline's own ways of taking a report, each as one that is compared. */
final class Reports {
  private final SampleCity city;

  Reports(SampleCity city) {
    this.city = city;
  }

  /** Located, routed, committed; a category that a person chose, or what the words say. */
  void one(Optional<CategoryKey> category) {
    city.register(city.takeReport(), city.report(category));
  }

  Side taken(Optional<CategoryKey> category) {
    return (count, callers) -> Hands.work(count, callers, () -> one(category));
  }

  /** What is decided before the clock runs is only stored: key and caller looked up, sealed. */
  Side stored(Optional<CategoryKey> category) {
    return (count, callers) -> {
      Kept kept = new Kept();
      TakeReport deciding = city.takeReport(kept);
      for (int i = 0; i < count; i++) city.register(deciding, city.report(category));
      Queue<NewTicket> ready = new ConcurrentLinkedQueue<>(kept.made);
      Intake real = city.database().intake();
      return Hands.work(
          count,
          callers,
          () -> {
            NewTicket made = ready.remove();
            boolean before =
                real.begin(made.key(), made.particulars().caller()).register(made).isPresent();
            if (before) throw new IllegalStateException("a key twice");
          });
    };
  }

  /** Keeps what it should store. */
  private static final class Kept implements Intake {
    private final ArrayDeque<NewTicket> made = new ArrayDeque<>();

    @Override
    public Optional<byte[]> register(NewTicket ticket) {
      made.add(ticket);
      return Optional.empty();
    }

    @Override
    public Begun begin(IdempotencyKey key, Optional<Caller> caller) {
      return new Begun() {
        @Override
        public Optional<byte[]> answer() {
          return Optional.empty();
        }

        @Override
        public Optional<byte[]> register(NewTicket ticket) {
          return Kept.this.register(ticket);
        }
      };
    }

    @Override
    public Optional<byte[]> findAnswer(IdempotencyKey key) {
      return Optional.empty();
    }
  }
}
