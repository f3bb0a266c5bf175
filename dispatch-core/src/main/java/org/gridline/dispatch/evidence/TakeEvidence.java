package org.gridline.dispatch.evidence;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Supplier;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;
import org.gridline.dispatch.people.Permission;
import org.gridline.dispatch.people.User;

/** A file comes in: part by part, told what it is on the way, and whole or not at all. */
public final class TakeEvidence {
  private final EvidenceStore store;
  private final EvidenceRules.Limits limits;
  private final Computing computing;
  private final InstantSource clock;

  public TakeEvidence(
      EvidenceStore store, EvidenceRules.Limits limits, Computing computing, InstantSource clock) {
    this.store = store;
    this.limits = limits;
    this.computing = computing;
    this.clock = clock;
  }

  /** Where bytes come from. */
  public interface Source {
    /**
     * The next part, of exactly {@link Piece#PART} bytes unless it is the last; empty at the end.
     * Waits a bounded time.
     */
    Optional<byte[]> next();
  }

  /** Runs some milliseconds of computing where nobody else waits for it. */
  public interface Computing {
    <T> T run(Supplier<T> work);
  }

  /**
   * Takes a file.
   *
   * @throws Failure {@code attachment_refused} for what is no evidence, {@code payload_too_large},
   *     {@code attachments_used_up}
   */
  public Piece take(Source source, Told told, User by) {
    check(by);
    EvidenceStore.Begun begun = store.begin(by.id(), clock.instant(), limits);
    try {
      Piece piece = whole(begun, source, told, by);
      store.finish(piece);
      return piece;
    } catch (RuntimeException | Error e) {
      giveUp(begun.id(), e);
      throw e;
    }
  }

  /** Who has nothing to do with tickets needs no room here. */
  private static void check(User by) {
    boolean works =
        by.permissions().stream()
            .anyMatch(p -> p == Permission.Right.TAKE_REPORT || p instanceof Permission.Act);
    if (!works)
      throw new Failure(
          FailureCode.NOT_PERMITTED, "您的岗位不处理工单 · your role does not work on tickets");
  }

  private Piece whole(EvidenceStore.Begun begun, Source source, Told told, User by) {
    Reading reading = new Reading(begun.bytesLeft());
    int parts = 0;
    for (Optional<byte[]> next = source.next(); next.isPresent(); next = source.next()) {
      byte[] part = next.get();
      byte[] sha256 = computing.run(() -> reading.take(part));
      store.add(begun.id(), parts++, sha256, part);
    }
    return reading.piece(begun.id(), told, by);
  }

  /** What stays of a file that failed is swept up later if it can't be now. */
  private void giveUp(long id, Throwable because) {
    try {
      store.abandon(id);
    } catch (Failure later) {
      because.addSuppressed(later);
    }
  }

  private final class Reading {
    private final MessageDigest all = sha256();
    private final long bytesLeft;
    private Optional<Walker> walker = Optional.empty();
    private long most;
    private long bytes;

    Reading(long bytesLeft) {
      this.bytesLeft = bytesLeft;
    }

    byte[] take(byte[] part) {
      if (walker.isEmpty()) begin(part);
      bytes += part.length;
      if (bytes > most) throw tooLarge(most);
      if (bytes > bytesLeft)
        throw new Failure(
            FailureCode.ATTACHMENTS_USED_UP, "今日上传量已用完 · as much as one may send in a day");
      walker.orElseThrow().take(part);
      all.update(part);
      return sha256().digest(part);
    }

    private void begin(byte[] part) {
      if (part.length < Inspection.LEAST_START) throw Inspection.damaged();
      byte[] start = Arrays.copyOf(part, Math.min(part.length, 8_192));
      Inspection.Opened opened = Inspection.open(start, limits.mostMegapixels());
      most = limits.bytes(opened.type().family());
      walker = Optional.of(opened.walker());
    }

    Piece piece(long id, Told told, User by) {
      Finding finding = walker.orElseThrow(Inspection::damaged).end();
      String hash = HexFormat.of().formatHex(all.digest());
      return new Piece(id, hash, bytes, finding, told, by.id(), clock.instant());
    }
  }

  private static Failure tooLarge(long most) {
    long mebibytes = most >> 20;
    return new Failure(
        FailureCode.PAYLOAD_TOO_LARGE, "最多 " + mebibytes + " MiB · at most " + mebibytes + " MiB");
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
