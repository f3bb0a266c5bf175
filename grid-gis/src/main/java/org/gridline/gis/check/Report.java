package org.gridline.gis.check;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.gridline.gis.boundary.CheckedBoundaries;
import org.gridline.gis.boundary.FieldList;
import org.gridline.gis.boundary.Finding;
import org.gridline.gis.boundary.Finding.Severity;
import org.gridline.gis.boundary.LayerSource;
import org.gridline.gis.boundary.UnusableBoundaries;
import org.locationtech.jts.geom.Envelope;

/** What people read, Chinese first. */
final class Report {
  private final PrintStream out;

  Report(PrintStream out) {
    this.out = out;
  }

  void fields(Path file, FieldList fields, String guessed) {
    out.printf(
        Locale.ROOT,
        "%s: 属性 · its properties, of %d 个要素 features%n",
        shown(file.getFileName()),
        fields.features());
    for (FieldList.Field field : fields.fields()) {
      out.printf(
          Locale.ROOT,
          "  %-24s 有值 filled %d, 不同 different %d, 例 e.g. %s%n",
          shown(field.name()),
          field.filled(),
          field.different(),
          shown(field.example()));
    }
    if (!guessed.isEmpty()) {
      out.printf(
          Locale.ROOT,
          "  未指定代码属性，暂按 %s（取值唯一）· no --code said; %s is taken, as its values differ%n",
          shown(guessed),
          shown(guessed));
    }
  }

  void read(Path file, LayerSource source, CheckedBoundaries read) {
    Envelope box = new Envelope();
    long vertices = 0;
    for (var area : read.boundaries().areas()) {
      box.expandToInclude(area.shape().getEnvelopeInternal());
      vertices += area.shape().getNumPoints();
    }
    out.printf(
        Locale.ROOT,
        "%s: %d 个区域 areas, %d 个顶点 vertices; 图层 layer %s, 代码 code %s;"
            + " 范围 extent %.6f, %.6f – %.6f, %.6f (WGS 84)%n",
        shown(file.getFileName()),
        read.boundaries().areas().size(),
        vertices,
        shown(source.layer().id()),
        shown(source.codeField()),
        box.getMinX(),
        box.getMinY(),
        box.getMaxX(),
        box.getMaxY());
  }

  void refused(Path file, UnusableBoundaries why) {
    out.printf(
        Locale.ROOT,
        "%s: 不可用，%d 处问题 · can't be used, %d findings%n",
        shown(file.getFileName()),
        why.findings().size(),
        why.findings().size());
  }

  void findings(List<Finding> findings) {
    for (Severity severity : Severity.values()) {
      List<Finding> some = findings.stream().filter(f -> f.severity() == severity).toList();
      if (some.isEmpty()) {
        continue;
      }
      out.printf(Locale.ROOT, "%n%s · %s%n", severity.zh(), severity.en());
      for (Finding finding : some) {
        out.printf(
            Locale.ROOT,
            "  %s %s: %s%n",
            finding.code().zh(),
            finding.code().id(),
            shown(finding.toString()));
      }
    }
  }

  void written(Path file, int findings) {
    out.printf(
        Locale.ROOT, "%n%d 处已写入 · findings written to %s%n", findings, shown(file.getFileName()));
  }

  void verdict(boolean usable, List<Finding> findings) {
    Map<Severity, Integer> counts = new EnumMap<>(Severity.class);
    findings.forEach(finding -> counts.merge(finding.severity(), 1, Integer::sum));
    out.printf(
        Locale.ROOT,
        "%n%s: 拒收 refused %d, 已修复 repaired %d, 请查看 to look at %d%n",
        usable ? "可用 · usable" : "不可用 · refused",
        counts.getOrDefault(Severity.FATAL, 0),
        counts.getOrDefault(Severity.REPAIRED, 0),
        counts.getOrDefault(Severity.NOTED, 0));
  }

  /** Texts come from a file that anyone may have made; a terminal obeys control characters. */
  private static String shown(Object text) {
    return String.valueOf(text)
        .replaceAll("[\\p{Cntrl}\\x{80}-\\x{9f}\\x{202a}-\\x{202e}\\x{2066}-\\x{2069}]", "?");
  }
}
