package org.gridline.console.browser;

import java.time.LocalDate;
import java.time.ZoneId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The data administrator brings new boundaries, sees what they would change, lets them hold, and
 * takes them back; the operator at the desk finds each change at the next call.
 */
@Tag("browser")
class S15_BoundariesChangeTest {
  private final ServedCity city = ServedCity.open();
  private final People people = new People(city);
  private static final int STREETS = 21;
  private final Surveyor surveyor = new Surveyor();

  @AfterEach
  void everybodyGoesHome() {
    people.close();
    city.close();
  }

  @Test
  void a_street_is_split_and_taken_back() {
    Colleague operator = people.signIn("operator1");
    CallDesk desk = operator.desk();
    TakenCall early = desk.answers(CitizenCall.aboutRubbish());
    desk.beginsTheNextCall();
    BoundaryRoom room = people.signIn("sysadmin1").boundaries();
    room.looksAtTheVersions();
    room.sees(1, "current");

    room.brings(surveyor.spoilsTheStreets(), "street", "测绘院第一次交付");
    room.isAt("refused");
    room.isToldOf("code_duplicate", "fatal");
    room.isToldOf("beyond_repair", "fatal");
    room.hasNothingToDecide();
    room.keepsAPicture("boundaries-refused");
    room.goesTo("beyond_repair");
    room.keepsAPicture("boundaries-refused-finding");
    room.seesTheFindingsOnPaper("boundaries-refused-print");

    room.takes(surveyor.splitsTheStreet(), "street", "测绘院第二次交付");
    room.seesTheFields("code", "name", "parent");
    room.keepsAPicture("boundaries-import");
    room.uploadsAndCancels();
    String split = room.brings(surveyor.splitsTheStreet(), "street", "测绘院第二次交付");
    room.isAt("ready");
    room.seesChange("added", Surveyor.WEST);
    room.seesChange("added", Surveyor.EAST);
    room.seesChange("removed", Surveyor.STREET);
    room.seesOnTheMap(3, 1);
    room.seesTheStory("split");
    room.isWarnedOf("unit_area_gone");
    room.seesThatMoves(early);
    room.keepsAPicture("boundaries-changes");
    String late = room.brings(surveyor.splitsTheStreet(), "street", "重复上传");
    desk.writesDown(CitizenCall.aboutRubbish());
    desk.standsIn("尧化街道");

    room.returnsTo(split);
    room.wantsToActivate();
    room.readsTheConsequence("新增 2、取消 1");
    room.keepsAPicture("boundaries-activate");
    room.confirms("宁政复〔2026〕1 号(合成)");
    room.isAt("activated");
    operator.reloads();
    desk.writesDown(CitizenCall.aboutRubbish());
    desk.standsIn("尧化西街道");

    // What was compared with the ground of before can't hold on top of the new one.
    room.returnsTo(late);
    room.isToBringItAgain("重新导入");

    room.looksAtTheVersions();
    room.sees(2, "current");
    room.sees(1, "past");
    room.looksAtTheLayer("street");
    room.keepsAPicture("boundaries-versions");
    room.chooses(1);
    room.seesTheMapOf(STREETS);
    room.comparesWith(today().toString());
    room.seesDashed(STREETS + 1);
    room.keepsAPicture("boundaries-compare");
    room.comparesWith(today().minusYears(20).toString());
    room.cannotCompare("那一天还没有边界");
    room.seesDashed(0);

    room.takesBack("批文有误");
    room.sees(1, "current");
    room.sees(2, "withdrawn");
    operator.reloads();
    desk.writesDown(CitizenCall.aboutRubbish());
    desk.standsIn("尧化街道");
    room.findsInTheLog(
        "pack_activated",
        "uploaded",
        "refused",
        "uploaded",
        "staged",
        "uploaded",
        "staged",
        "activated",
        "stale",
        "withdrawn");
    room.keepsAPicture("boundaries-log");

    operator.boundaries().isClosed();
    operator.keepsAPicture("boundaries-closed");

    isPlannedForTomorrow(room);
  }

  @Test
  void lines_are_adjusted_and_a_service_layer_is_added() {
    BoundaryRoom room = people.signIn("sysadmin1").boundaries();
    people.signIn("auditor1").boundaries().findsInTheLog("pack_activated");
    room.brings(surveyor.adjustsTheStreets(), "street", "界线调整");
    room.isAt("ready");
    room.seesChange("moved", Surveyor.STREET);
    room.seesChange("moved", Surveyor.NEIGHBOUR);
    room.seesChange("renamed", Surveyor.RENAMED);
    room.isToldOf("self_crossing", "repaired");
    room.keepsAPicture("boundaries-adjusted");
    room.goesTo("self_crossing");
    room.keepsAPicture("boundaries-adjusted-finding");

    room.takesAsNewLayer(surveyor.drawsPoliceDistricts(), "street", "警务区", "CGCS2000");
    room.uploads();
    room.isToldAboutTheForm("wish-new-id-error");
    room.keepsAPicture("boundaries-import-wrong");
    room.takesAsNewLayer(surveyor.drawsPoliceDistricts(), "police", "警务区", "CGCS2000");
    room.namesTheFields("PCS", "MC");
    room.uploads();
    room.isWorkedOff();
    room.isAt("ready");
    room.seesOnTheMap(STREETS, 0);
    room.keepsAPicture("boundaries-new-layer");
    room.wantsToActivate();
    room.confirms("新增警务图层");
    room.isAt("activated");
    room.looksAtTheVersions();
    room.looksAtTheLayer("police");
    room.seesTheMapOf(STREETS);
  }

  /** Nothing changes before the day, and a plan can be taken back. */
  private void isPlannedForTomorrow(BoundaryRoom room) {
    room.brings(surveyor.splitsTheStreet(), "street", "明日生效");
    room.switchesTheLanguage();
    room.keepsAPicture("boundaries-changes-english");
    room.wantsToActivate();
    room.choosesTheDay(today().plusDays(1).toString());
    room.readsTheConsequence("from the beginning of");
    room.confirms("decree");
    room.isAt("activated");
    room.looksAtTheVersions();
    room.sees(1, "current");
    room.sees(4, "planned");
    room.keepsAPicture("boundaries-planned-english");
    room.takesBack("mistake");
    room.sees(4, "withdrawn");
    room.sees(1, "current");
  }

  private static LocalDate today() {
    return LocalDate.now(ZoneId.of("Asia/Shanghai"));
  }
}
