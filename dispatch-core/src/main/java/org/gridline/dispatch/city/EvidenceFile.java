package org.gridline.dispatch.city;

import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.gridline.dispatch.classify.CategoryTree;
import org.gridline.dispatch.evidence.EvidenceRules;
import org.gridline.dispatch.evidence.EvidenceRules.Limits;
import org.gridline.dispatch.evidence.EvidenceRules.Wanted;
import org.gridline.dispatch.evidence.MediaType.Family;
import org.gridline.dispatch.ticket.ActionKind;

/** What a pack says about photos, letters and recordings, in its optional {@code evidence.yaml}. */
public final class EvidenceFile {
  private static final int MOST_MEBIBYTES = 4_096;
  private static final int MOST_HOURS = 24 * 30;
  private static final int MOST_PHOTOS = 9;
  private static final int MOST_METRES = 100_000;

  private EvidenceFile() {}

  /**
   * @param pack the pack's folder
   * @throws UnusablePack naming file, place and reason
   */
  public static EvidenceRules read(Path pack, CategoryTree categories) {
    PackFolder folder = new PackFolder(pack.toAbsolutePath().normalize(), pack);
    EvidenceRules usual = EvidenceRules.usual();
    return folder
        .find("evidence.yaml")
        .map(file -> rules(Yaml.read(file), usual, categories))
        .orElse(usual);
  }

  private static EvidenceRules rules(Yaml yaml, EvidenceRules usual, CategoryTree categories) {
    yaml.only("limits", "unattachedHours", "hiddenWithCaller", "wanted");
    return new EvidenceRules(
        yaml.find("limits").map(l -> limits(l, usual.limits())).orElse(usual.limits()),
        yaml.optionalList("wanted", w -> wanted(w, categories)),
        yaml.find("hiddenWithCaller").isPresent()
            ? families(yaml.list("hiddenWithCaller", EvidenceFile::family))
            : usual.hiddenWithCaller(),
        Duration.ofHours(
            whole(yaml, "unattachedHours", usual.unattachedKept().toHours(), MOST_HOURS)));
  }

  private static Limits limits(Yaml yaml, Limits usual) {
    yaml.only(
        "photoMiB",
        "letterMiB",
        "recordingMiB",
        "megapixels",
        "mebibytesADay",
        "filesADay",
        "atOnce");
    return new Limits(
        mebibytes(yaml, "photoMiB", usual.photoBytes(), MOST_MEBIBYTES),
        mebibytes(yaml, "letterMiB", usual.letterBytes(), MOST_MEBIBYTES),
        mebibytes(yaml, "recordingMiB", usual.recordingBytes(), MOST_MEBIBYTES),
        (int) whole(yaml, "megapixels", usual.mostMegapixels(), 250),
        mebibytes(yaml, "mebibytesADay", usual.bytesADay(), 1 << 20),
        (int) whole(yaml, "filesADay", usual.filesADay(), 100_000),
        (int) whole(yaml, "atOnce", usual.atOnce(), 16));
  }

  private static Wanted wanted(Yaml yaml, CategoryTree categories) {
    yaml.only("action", "kind", "category", "photos", "nearMetres", "reason");
    Optional<String> kind = yaml.find("kind").map(Yaml::text);
    String prefix = yaml.optionalText("category");
    if (kind.isEmpty() && !prefix.isEmpty()) throw yaml.wrong("kind", "is needed with a category");
    boolean known =
        kind.isEmpty()
            || categories.list().stream()
                .anyMatch(
                    c -> c.key().kind().equals(kind.get()) && c.key().code().startsWith(prefix));
    if (!known) throw yaml.wrong("category", "no class of categories.csv begins so");
    return new Wanted(
        yaml.read("action", EvidenceFile::action),
        kind,
        prefix,
        (int) whole(yaml, "photos", 1, MOST_PHOTOS),
        yaml.find("nearMetres").isPresent()
            ? OptionalDouble.of((double) whole(yaml, "nearMetres", 1, MOST_METRES))
            : OptionalDouble.empty(),
        // Whoever is asked for a photo is told why; without a reason there is no rule.
        yaml.names("reason"));
  }

  private static ActionKind action(String id) {
    return ActionKind.find(id)
        .orElseThrow(() -> new IllegalArgumentException("is no action: " + id));
  }

  private static Family family(Yaml name) {
    return Family.find(name.text())
        .orElseThrow(() -> new IllegalArgumentException("photo, letter or recording"));
  }

  private static Set<Family> families(List<Family> list) {
    Set<Family> set = EnumSet.noneOf(Family.class);
    set.addAll(list);
    return set;
  }

  private static long mebibytes(Yaml yaml, String member, long usual, long most) {
    return whole(yaml, member, usual >> 20, most) << 20;
  }

  private static long whole(Yaml yaml, String member, long usual, long most) {
    if (yaml.find(member).isEmpty()) return usual;
    double number = yaml.number(member);
    if (number < 1 || number > most || number != Math.rint(number))
      throw yaml.wrong(member, "must be a whole number from 1 to " + most);
    return (long) number;
  }
}
