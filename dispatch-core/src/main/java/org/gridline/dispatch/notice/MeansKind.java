package org.gridline.dispatch.notice;

import java.util.Arrays;
import java.util.Optional;
import org.gridline.dispatch.Names;

/** The ways by which people can be told. */
public enum MeansKind {
  /** The bell of the pages. */
  IN_APP("inApp", new Names("页面提醒", "bell of the pages")),
  EMAIL("email", new Names("电子邮件", "e-mail"));

  private final String id;
  private final Names label;

  MeansKind(String id, Names label) {
    this.id = id;
    this.label = label;
  }

  public String id() {
    return id;
  }

  public Names label() {
    return label;
  }

  public static Optional<MeansKind> find(String id) {
    return Arrays.stream(values()).filter(m -> m.id.equals(id)).findFirst();
  }
}
