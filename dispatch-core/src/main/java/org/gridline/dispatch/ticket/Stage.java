package org.gridline.dispatch.ticket;

import org.gridline.dispatch.Names;

/** The outer seven stages that every screen shows. */
public enum Stage {
  COLLECT(new Names("信息收集", "collect")),
  FILE(new Names("案卷建立", "file")),
  DISPATCH(new Names("任务派遣", "dispatch")),
  HANDLE(new Names("任务处理", "handle")),
  FEEDBACK(new Names("处理反馈", "feedback")),
  CHECK(new Names("核查结案", "check and close")),
  EVALUATE(new Names("综合评价", "evaluate"));

  private final Names label;

  Stage(Names label) {
    this.label = label;
  }

  public Names label() {
    return label;
  }
}
