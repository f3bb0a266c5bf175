package org.gridline.console.browser;

/** What somebody says on the phone; made up. */
record CitizenCall(String words, String address, String phone, String name) {
  /** Routed with certainty: one category and one duty rule fit. */
  static CitizenCall aboutRubbish() {
    return new CitizenCall("小区门口的暴露垃圾没人清,生活垃圾堆在路边很臭", "尧化社区服务中心", "13900000001", "样例来电人");
  }
}
