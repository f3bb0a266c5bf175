package org.gridline.dispatch.evidence;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;
import org.gridline.dispatch.Names;
import org.gridline.dispatch.evidence.Enclosed.Lack;
import org.gridline.dispatch.evidence.EvidenceRules.Wanted;
import org.gridline.dispatch.evidence.MediaType.Family;
import org.gridline.dispatch.people.User;
import org.gridline.dispatch.ticket.ActionKind;
import org.gridline.dispatch.ticket.Ticket;
import org.gridline.gis.position.Position;

/** Puts evidence to a step, and holds the step to what the city's rule asks for. */
public final class Enclose {
  private static final double METRES_A_DEGREE = 111_195;

  private final EvidenceStore store;
  private final EvidenceRules rules;

  public Enclose(EvidenceStore store, EvidenceRules rules) {
    this.store = store;
    this.rules = rules;
  }

  /**
   * What goes with a report.
   *
   * @throws Failure {@code attachment_unknown} for what is not there, not the sender's own, or used
   *     already
   */
  public Enclosed toReport(List<Long> ids, User by) {
    return new Enclosed(own(ids, by), Optional.empty(), "");
  }

  /**
   * What goes with an action.
   *
   * @throws Failure {@code attachment_unknown}, or {@code evidence_wanted} when the rule's evidence
   *     is missing and nobody says why
   */
  public Enclosed toAction(Ticket ticket, ActionKind action, Enclosure enclosure, User by) {
    List<Piece> pieces = own(enclosure.ids(), by);
    Optional<Wanted> wanted = wanted(ticket, action);
    Optional<Lack> lack = wanted.flatMap(w -> lack(w, ticket, pieces));
    if (lack.isPresent() && enclosure.exception().isEmpty())
      throw missing(lack.get(), wanted.orElseThrow());
    return new Enclosed(pieces, lack, lack.isPresent() ? enclosure.exception() : "");
  }

  /** What this action on this ticket asks for. */
  public Optional<Wanted> wanted(Ticket ticket, ActionKind action) {
    return rules.find(action, ticket.matter().category());
  }

  private List<Piece> own(List<Long> ids, User by) {
    if (ids.isEmpty()) return List.of();
    List<Piece> own = store.listOwn(ids, by.id());
    if (own.size() < ids.size())
      throw Failure.atField(
          FailureCode.ATTACHMENT_UNKNOWN,
          "attachments",
          "请重新上传 · upload it again, and name it once");
    return own;
  }

  private static Optional<Lack> lack(Wanted wanted, Ticket ticket, List<Piece> pieces) {
    List<Piece> photos = pieces.stream().filter(p -> p.type().family() == Family.PHOTO).toList();
    if (photos.size() < wanted.photos()) return Optional.of(Lack.PHOTO);
    Optional<Position> place = ticket.place().position();
    if (wanted.nearMetres().isEmpty() || place.isEmpty()) return Optional.empty();
    double most = wanted.nearMetres().getAsDouble();
    long near = photos.stream().filter(p -> near(p, place.get(), most)).count();
    if (near >= wanted.photos()) return Optional.empty();
    boolean told = photos.stream().anyMatch(p -> p.position().isPresent());
    return Optional.of(told ? Lack.NEARNESS : Lack.POSITION);
  }

  /** A device that knows its place badly gets the benefit of the doubt, up to the tolerance. */
  private static boolean near(Piece photo, Position place, double most) {
    OptionalDouble accuracy =
        photo.finding().stated().position().isPresent()
            ? OptionalDouble.empty()
            : photo.told().accuracyMetres();
    return photo
        .position()
        .filter(p -> metres(p, place) <= most + Math.min(accuracy.orElse(0), most))
        .isPresent();
  }

  /** On the mean sphere; within 0.6 % for distances of a city. */
  static double metres(Position a, Position b) {
    double north = (b.lat() - a.lat()) * METRES_A_DEGREE;
    double shrink = Math.cos(Math.toRadians((a.lat() + b.lat()) / 2));
    double east = Math.IEEEremainder(b.lon() - a.lon(), 360) * METRES_A_DEGREE * shrink;
    return Math.hypot(north, east);
  }

  private static Failure missing(Lack lack, Wanted wanted) {
    long metres = (long) wanted.nearMetres().orElse(0);
    Names what =
        switch (lack) {
          case PHOTO ->
              new Names("需要 " + wanted.photos() + " 张照片", wanted.photos() + " photo(s) are needed");
          case POSITION ->
              new Names("照片没有位置，请允许定位后重拍", "the photo has no position; allow it and take it again");
          case NEARNESS ->
              new Names(
                  "照片须在事发地 " + metres + " 米内", "the photo must be taken within " + metres + " m");
        };
    Names reason = wanted.reason();
    return Failure.atField(
        FailureCode.EVIDENCE_WANTED,
        "attachments",
        what.zh()
            + "："
            + reason.zh()
            + "（确有困难请说明理由） · "
            + what.en()
            + ": "
            + reason.en()
            + " (or say why it can't be)");
  }
}
