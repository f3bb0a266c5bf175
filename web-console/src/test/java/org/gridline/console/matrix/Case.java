package org.gridline.console.matrix;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A ticket of the matrix with what is told in it, each of which stands nowhere else.
 *
 * @param hidden whether its caller complains, reports somebody, or asked for confidence
 * @param areas codes of the areas that it lies in
 * @param owner the unit that it belongs to, empty for none
 * @param checker login of who was drawn to check it, empty for nobody
 * @param units who owns it or helps the owner
 * @param hands what names who handled or reported it; it stands elsewhere too
 */
record Case(
    String label,
    long id,
    String number,
    boolean hidden,
    Set<String> areas,
    String owner,
    String checker,
    Set<String> units,
    Telling telling,
    Set<String> hands) {
  Case {
    areas = Set.copyOf(areas);
    units = Set.copyOf(units);
    hands = Set.copyOf(hands);
  }

  List<Canary> canaries() {
    return telling.canaries(id, number);
  }

  /** The same as it stands. */
  Case standing(
      Set<String> inAreas, String unit, String drawn, Set<String> all, Set<String> byHands) {
    return new Case(label, id, number, hidden, inAreas, unit, drawn, all, telling, byHands);
  }

  /** Something that gives the ticket, or its caller, away. */
  record Canary(Kind kind, String text) {
    /** What it would tell. */
    enum Kind {
      /** That there is such a ticket. */
      TICKET,
      /** What it is about; nothing personal. */
      MATTER,
      /** Who called, as they, or those who wrote about them, said it in words. */
      TOLD,
      /** The number that the caller is known by; in no words. */
      PHONE
    }
  }

  /**
   * What a caller leaves in words, fields and answers.
   *
   * @param n makes it different from every other
   * @param caller whose the call was: another's where this is a part of their ticket; empty where
   *     nobody called
   */
  record Telling(int n, OptionalInt caller) {
    private static final String SIGNS = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥";

    static Telling of(int n) {
      return new Telling(n, OptionalInt.of(n));
    }

    private static String name(int of) {
      return "卡" + SIGNS.charAt(of) + "雀";
    }

    String name() {
      return caller.isPresent() ? name(caller.getAsInt()) : "";
    }

    String matter() {
      return "鹈鹕" + SIGNS.charAt(n);
    }

    String phone() {
      return "138766%05d".formatted(caller.orElse(n) * 7 + 11);
    }

    String spoken() {
      return "139777%05d".formatted(n * 7 + 12);
    }

    String answered() {
      return "136788%05d".formatted(n * 7 + 13);
    }

    String door() {
      return "77%02d室".formatted(caller.orElse(n));
    }

    String identity() {
      return "32011319900101%04d".formatted(n * 7 + 14);
    }

    String words() {
      return "%s，%s住7%02d幢%s，电话%s，身份证%s"
          .formatted(
              matter(),
              caller.isPresent() ? "我是" + name() + "，" : "",
              caller.orElse(n),
              door(),
              spoken(),
              identity());
    }

    String address() {
      return "尧化新村7%02d幢%s".formatted(caller.orElse(n), door());
    }

    /** What whoever handles it writes down. */
    String answer() {
      return "已联系" + name() + answered();
    }

    List<Canary> canaries(long id, String number) {
      List<Canary> all =
          new ArrayList<>(
              List.of(
                  new Canary(Canary.Kind.TICKET, Long.toString(id)),
                  new Canary(Canary.Kind.TICKET, number),
                  new Canary(Canary.Kind.MATTER, matter()),
                  new Canary(Canary.Kind.TOLD, spoken()),
                  new Canary(Canary.Kind.TOLD, answered()),
                  new Canary(Canary.Kind.TOLD, door()),
                  new Canary(Canary.Kind.TOLD, identity())));
      if (caller.isPresent()) {
        all.add(new Canary(Canary.Kind.TOLD, name()));
        all.add(new Canary(Canary.Kind.PHONE, phone()));
      }
      return all;
    }
  }
}
