package org.gridline.gis.boundary;

import java.util.Locale;
import java.util.Optional;
import org.gridline.gis.position.Position;
import org.locationtech.jts.geom.Geometry;

/**
 * Something that a boundary file has wrong.
 *
 * @param code what kind of wrong; says by itself how grave it is
 * @param feature which feature, counted from 1, with its code where known; or the file itself
 * @param reason for people
 * @param place where on earth, as far as one place can be named
 * @param squareMetres within 1 %: the ground that a repair decided about (see {@link
 *     PolygonRepair}), or the size of what was found, such as a gap; 0 where neither applies
 * @param ground that size to look at, in WGS 84 degrees: a gap, an overlap, what lies outside
 */
public record Finding(
    Code code,
    String feature,
    String reason,
    Optional<Position> place,
    double squareMetres,
    Optional<Geometry> ground) {

  /** How grave a finding is. */
  public enum Severity {
    /** The file is refused. */
    FATAL("拒收", "refused"),
    /** Mended by the rule; the file is used. */
    REPAIRED("已修复", "repaired"),
    /** Left as it is; the file is used, and somebody should look. */
    NOTED("请查看", "to look at");

    private final String zh;
    private final String en;

    Severity(String zh, String en) {
      this.zh = zh;
      this.en = en;
    }

    public String zh() {
      return zh;
    }

    public String en() {
      return en;
    }
  }

  /** The kinds of findings; their ids are stable. */
  public enum Code {
    NOT_READABLE(Severity.FATAL, "无法读取"),
    TOO_BIG(Severity.FATAL, "超出上限"),
    NO_FEATURE(Severity.FATAL, "没有要素"),
    CODE_MISSING(Severity.FATAL, "缺少代码"),
    CODE_DUPLICATE(Severity.FATAL, "代码重复"),
    NAME_MISSING(Severity.FATAL, "缺少名称"),
    /** A code, name or parent that is overlong, holds control characters or is wrongly encoded. */
    TEXT_UNUSABLE(Severity.FATAL, "文字不可用"),
    CRS_UNKNOWN(Severity.FATAL, "坐标系不明"),
    NOT_A_POLYGON(Severity.FATAL, "不是多边形"),
    NOT_FINITE(Severity.FATAL, "坐标不是有限数"),
    NOT_ON_EARTH(Severity.FATAL, "坐标不在地球上"),
    NOT_CLOSED(Severity.FATAL, "环未闭合"),
    EMPTY(Severity.FATAL, "空图形"),
    /** More self-crossings than can be judged in bounded time. */
    TANGLED(Severity.FATAL, "过于缠绕"),
    /** Mending it would change what it means. */
    BEYOND_REPAIR(Severity.FATAL, "修复改动过大"),
    SELF_TOUCH(Severity.REPAIRED, "环自触"),
    SELF_CROSSING(Severity.REPAIRED, "自相交"),
    ZERO_AREA_PART(Severity.REPAIRED, "无面积部分"),
    /** Rings that are sound each but not together: overlapping parts, holes outside or nested. */
    RINGS_OVERLAP(Severity.REPAIRED, "环相互重叠"),
    /** Two areas of a layer claim a sliver: at most 1 % of the smaller one and 1,000 m². */
    OVERLAP(Severity.REPAIRED, "细小重叠"),
    /** Two areas of a layer claim more than that; the rule decides, but somebody should know. */
    OVERLAP_LARGE(Severity.NOTED, "大块重叠"),
    /** Ground of no area, enclosed by areas or inside the parent. */
    GAP(Severity.NOTED, "空隙"),
    /** An area reaches outside the one that it belongs to. */
    OUTSIDE_PARENT(Severity.NOTED, "超出上级"),
    /** The area that it belongs to is not in the coarser layers. */
    PARENT_UNKNOWN(Severity.NOTED, "上级不存在"),
    /** The shift between the file's datum and WGS 84 is not known and was left out. */
    SHIFT_UNKNOWN(Severity.NOTED, "基准转换参数不明"),
    /** A check would have cost too much, and says what it left out. */
    NOT_CHECKED(Severity.NOTED, "未检查");

    private final Severity severity;
    private final String zh;

    Code(Severity severity, String zh) {
      this.severity = severity;
      this.zh = zh;
    }

    public Severity severity() {
      return severity;
    }

    /** For people. */
    public String zh() {
      return zh;
    }

    /** The spelling in reports: {@code self_crossing}. */
    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** A finding about something that is at no one place. */
  public Finding(Code code, String feature, String reason) {
    this(code, feature, reason, Optional.empty(), 0, Optional.empty());
  }

  /** A finding about a place. */
  public Finding(
      Code code, String feature, String reason, Optional<Position> place, double squareMetres) {
    this(code, feature, reason, place, squareMetres, Optional.empty());
  }

  public Severity severity() {
    return code.severity();
  }

  @Override
  public String toString() {
    return feature
        + ": "
        + reason
        + place
            .map(at -> String.format(Locale.ROOT, " near %.7f, %.7f", at.lon(), at.lat()))
            .orElse("")
        + switch (severity()) {
          case FATAL -> "";
          case REPAIRED -> String.format(Locale.ROOT, "; repaired, %.1f m² decided", squareMetres);
          case NOTED ->
              squareMetres > 0 ? String.format(Locale.ROOT, "; %.1f m²", squareMetres) : "";
        };
  }
}
