package org.gridline.console.qr;

import java.util.List;

/** A page of labels to print: A4, twelve a sheet, each with its square code. */
public final class QrSheet {
  private static final int A_SHEET = 12;

  private static final String HEAD =
      """
      <!doctype html>
      <html lang="zh-CN"><head><meta charset="utf-8"><title>部件二维码 · component codes</title><style>
      @page { size: A4; margin: 10mm }
      body { margin: 0; font: 9pt/1.35 "Noto Sans CJK SC", "Source Han Sans SC", sans-serif; color: #000 }
      .sheet { display: grid; grid-template-columns: repeat(3, 1fr); grid-auto-rows: 67mm; gap: 2mm; break-after: page }
      .label { border: 0.3mm dashed #888; padding: 2mm; text-align: center; overflow: hidden; break-inside: avoid }
      .label svg { width: 38mm; height: 38mm }
      .class { font-weight: bold } .code { font-family: monospace; font-size: 10pt } .synthetic { border: 0.2mm solid #000; padding: 0 1mm }
      </style></head><body>
      """;

  private QrSheet() {}

  /**
   * One label.
   *
   * @param address what a phone opens
   * @param remark such as that it is synthetic; empty for none
   */
  public record Label(String address, String type, String code, String name, String remark) {}

  /** A whole HTML document. */
  public static String html(List<Label> labels) {
    StringBuilder page = new StringBuilder(HEAD);
    for (int from = 0; from < labels.size(); from += A_SHEET) {
      page.append("<section class=\"sheet\">\n");
      labels.subList(from, Math.min(from + A_SHEET, labels.size())).forEach(l -> label(page, l));
      page.append("</section>\n");
    }
    return page.append("</body></html>\n").toString();
  }

  private static void label(StringBuilder page, Label label) {
    page.append("<div class=\"label\">")
        .append(QrCode.of(label.address()).svg("role=\"img\""))
        .append("<div class=\"class\">")
        .append(escaped(label.type()))
        .append("</div><div>")
        .append(escaped(label.name()))
        .append("</div><div class=\"code\">")
        .append(escaped(label.code()))
        .append("</div><div>扫码报修 · scan to report</div>");
    if (!label.remark().isEmpty())
      page.append("<span class=\"synthetic\">").append(escaped(label.remark())).append("</span>");
    page.append("</div>\n");
  }

  static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
