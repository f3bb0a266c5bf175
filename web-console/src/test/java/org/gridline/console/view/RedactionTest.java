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
  @CsvSource({
    "车牌苏A·12345堵住了门,12345",
    "苏AD12345一直停在楼下,D12345",
    "是一辆皖a b1234,b1234",
    "粤B 12345学在练车,12345",
    "电话一三八一二三四五六七八,一二三四",
    "电话幺三八零零零零一一一一,零零零",
    "手机1 3 8 1 2 3 4 5 6 7 8,3 4 5",
    "手机：138　1234　5678,5678",
    "身份证号：320113１９９００１０１１２３４,１２３４",
    "护照E12345678丢了,12345678",
    "银行卡6222020200112233445,0112233",
    "住在尧化新村12号,12号",
    "尧佳路七号之一,七号",
    "东边第3栋2201室漏水,2201",
    "五幢二楼东户,五幢",
    "101户主不在家,101户",
    "QQ:123456789,123456789",
    "微信是abc_12345,abc_12345",
    "姓名：赵某某，请保密,赵某某",
    "举报的是李样例。,李样例",
  })
  void takesOutPlatesSpokenNumbersAndDoors(String text, String secret) {
    assertThat(Redaction.redact(text, "李样例")).contains(Redaction.MARK).doesNotContain(secret);
  }

  @ParameterizedTest
  @CsvSource({
    "楼下的王先生说的,王样例,王先生",
    "都知道是老王报的,王样例,老王",
    "小王师傅来过,王样例,小王",
    "王某反映,王样例,王某",
    "王老师家漏水,王样例,王老师",
    "欧阳女士多次来电,欧阳样例,欧阳女士",
    "是王阿姨投诉的,王样例,王阿姨",
  })
  void takesOutWhatTheCallerIsCalled(String text, String name, String secret) {
    assertThat(Redaction.redact(text, name)).contains(Redaction.MARK).doesNotContain(secret);
  }

  @ParameterizedTest
  @CsvSource({
    "小王庄路口积水,王样例",
    "老王府街边乱停车,王样例",
    "李先生的车挡道,王样例",
    "王府大街路灯不亮,王样例",
  })
  void leavesOthersAndPlacesOfThatNameAlone(String text, String name) {
    assertThat(Redaction.redact(text, name)).isEqualTo(text);
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
  @Timeout(10)
  void endsQuicklyOnHostileText() {
    for (String text :
        List.of(
            "1-".repeat(10_000) + "一二三".repeat(3_000),
            "a".repeat(20_000),
            "a.".repeat(10_000) + "@",
            "no" + " ".repeat(20_000) + "x",
            "no#" + " ".repeat(20_000),
            "我叫" + " ".repeat(20_000),
            "+1".repeat(10_000),
            "苏A".repeat(10_000),
            "1 ".repeat(10_000),
            "老王".repeat(10_000))) {
      assertThat(Redaction.redact(text, "王样例")).isNotNull();
    }
  }
}
