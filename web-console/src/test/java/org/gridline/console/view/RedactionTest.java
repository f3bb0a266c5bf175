package org.gridline.console.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {
  @ParameterizedTest
  @CsvSource({
    "我的电话13812345678请回,13812345678",
    "电话138 1234 5678,1234",
    "电话138-1234-5678。,5678",
    "手机+8613812345678,13812345678",
    "手机１３８１２３４５６７８,１２３４",
    "座机025-85551234,85551234",
    "座机(025)85551234,85551234",
    "座机0513 85551234,85551234",
    "座机85551234,85551234",
    "身份证320113199001011234在此,199001",
    "身份证32011319900101123X,199001",
    "老证320113900101123,900101",
    "住12幢3单元502室,502",
    "住十二栋三单元五零二室,五零二",
    "在3号楼门口,3号楼",
    "家住B座1203,B座",
    "和燕路251号门前,251",
    "家在5-302,302",
    "我家12-3-502,502",
    "邮箱wang.yl@example.cn,example",
    "微信号:wangyl_88,wangyl",
    "我叫王样例,王样例",
    "联系人:李样例，速办,李样例",
    "Room 502 is dark,502",
    "Apt. 12B please,12B",
  })
  void takesOut(String text, String secret) {
    assertThat(Redaction.redact(text, "")).contains(Redaction.MARK).doesNotContain(secret);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "路灯不亮已经三天",
        "2号线地铁口占道经营",
        "5月1号开始施工到凌晨2:30",
        "2026-03-01 08:00 垃圾未清运",
        "10-12点之间噪音扰民",
        "井盖缺失,直径约80厘米",
        "12345已经打过两次",
        "Street light is out since 3 days",
      })
  void leavesHarmlessTextsAlone(String text) {
    assertThat(Redaction.redact(text, "")).isEqualTo(text);
  }

  @Test
  void takesOutTheCallersOwnNameWhereverItStands() {
    assertThat(Redaction.redact("店主知道是欧阳样例投诉的", "欧阳样例")).isEqualTo("店主知道是***投诉的");
  }

  @Test
  void masksNamesWithoutTellingTheirLength() {
    assertThat(Redaction.maskName("王样例")).isEqualTo("王**");
    assertThat(Redaction.maskName("欧阳样例")).isEqualTo("欧**");
    assertThat(Redaction.maskName("𠮷田")).isEqualTo("𠮷**");
    assertThat(Redaction.maskName(" ")).isEmpty();
  }

  @Test
  @Timeout(3)
  void endsQuicklyOnHostileText() {
    for (String text :
        List.of(
            "1-".repeat(10_000) + "一二三".repeat(3_000),
            "a".repeat(20_000),
            "a.".repeat(10_000) + "@",
            "no" + " ".repeat(20_000) + "x",
            "no#" + " ".repeat(20_000),
            "我叫" + " ".repeat(20_000),
            "+1".repeat(10_000))) {
      assertThat(Redaction.redact(text, "")).isNotNull();
    }
  }
}
