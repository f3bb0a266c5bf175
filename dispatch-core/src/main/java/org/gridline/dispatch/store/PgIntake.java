package org.gridline.dispatch.store;

import java.util.Optional;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;
import org.gridline.dispatch.intake.Caller;
import org.gridline.dispatch.intake.IdempotencyKey;
import org.gridline.dispatch.intake.Intake;
import org.gridline.dispatch.intake.NewTicket;
import org.gridline.dispatch.people.PersonalCipher;
import org.gridline.dispatch.store.TicketStarts.Answered;
import org.gridline.dispatch.store.TicketStarts.Known;
import org.gridline.dispatch.store.TicketStarts.ReportStart;
import org.gridline.dispatch.ticket.TicketNumbers;

/**
 * Registers a ticket in one statement that the idempotency key drives: without a new key nothing is
 * written.
 */
final class PgIntake implements Intake {
  private final TicketStarts starts;
  private final SharedCommit<NewReport> reports;
  private final PersonalCipher cipher;
  private final PersonalWords personal;
  private final TicketNumbers numbers;
  private final Runnable wakeSealer;

  PgIntake(
      TicketStarts starts,
      SharedCommit<NewReport> reports,
      PersonalCipher cipher,
      PersonalWords personal,
      TicketNumbers numbers,
      Runnable wakeSealer) {
    this.starts = starts;
    this.reports = reports;
    this.cipher = cipher;
    this.personal = personal;
    this.numbers = numbers;
    this.wakeSealer = wakeSealer;
  }

  @Override
  public Begun begin(IdempotencyKey key, Optional<Caller> caller) {
    Optional<byte[]> mac = mac(caller);
    ReportStart start = starts.report(key, mac);
    Optional<byte[]> answer = start.answered().map(before -> opened(before, key));
    return new Begun() {
      @Override
      public Optional<byte[]> answer() {
        return answer;
      }

      @Override
      public Optional<byte[]> register(NewTicket made) {
        return PgIntake.this.register(made, subject(made, mac, start.known()));
      }
    };
  }

  @Override
  public Optional<byte[]> findAnswer(IdempotencyKey key) {
    return starts.report(key, Optional.empty()).answered().map(before -> opened(before, key));
  }

  private byte[] opened(Answered before, IdempotencyKey key) {
    if (!before.bodyHash().equals(key.bodyHash())) {
      throw new Failure(
          FailureCode.IDEMPOTENCY_KEY_REUSED, "新内容请换新键 · use a new key for another body");
    }
    byte[] personKey =
        before
            .personKey()
            .orElseThrow(
                () ->
                    new Failure(
                        FailureCode.NOT_FOUND, "当事人信息已删除 · this person's data were erased"));
    return cipher.open(personKey, before.ticket(), before.sealed());
  }

  @Override
  public Optional<byte[]> register(NewTicket made) {
    Optional<byte[]> mac = mac(made.particulars().caller());
    return register(made, subject(made, mac, starts.report(made.key(), mac).known()));
  }

  private Optional<byte[]> register(NewTicket made, NewReport.Subject subject) {
    SealedWords words =
        personal.seal(subject.key(), made.ticket().subject().words(), made.particulars());
    NewReport report =
        new NewReport(
            made,
            subject,
            words,
            cipher.seal(subject.key(), made.ticket().id(), made.answer()),
            NewReport.chain(made, words, numbers));
    if (!reports.commit(report)) {
      return Optional.of(
          findAnswer(made.key())
              .orElseThrow(
                  () ->
                      new Failure(
                          FailureCode.OUTCOME_UNKNOWN, "请用同一键重试 · ask again with the same key")));
    }
    wakeSealer.run();
    return Optional.empty();
  }

  private Optional<byte[]> mac(Optional<Caller> caller) {
    return caller.filter(PgIntake::hasPhone).map(c -> cipher.mac(c.phone()));
  }

  private static boolean hasPhone(Caller caller) {
    return !caller.phone().isEmpty();
  }

  private NewReport.Subject subject(NewTicket made, Optional<byte[]> mac, Optional<Known> known) {
    if (known.isPresent()) {
      return new NewReport.Subject(
          known.get().id(), known.get().key(), false, Optional.empty(), Optional.empty());
    }
    long id = made.ticket().subject().person();
    byte[] key = cipher.newWrappedKey();
    Optional<Caller> caller = made.particulars().caller().filter(PgIntake::hasPhone);
    return new NewReport.Subject(
        id, key, true, mac, caller.map(c -> personal.sealPerson(key, id, c)));
  }
}
