package org.gridline.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.gridline.dispatch.store.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The register over HTTP: the pack's own components, surveys, imports, square codes. */
class ComponentsTest {
  private static final String COMPONENTS = "/api/v1/components";
  private static Town town;

  @BeforeAll
  static void open() {
    town = Town.open(TestDatabase.fresh(), Town.folder());
    Await.until(() -> counted() == 2_410);
  }

  @AfterAll
  static void close() {
    town.close();
  }

  private static int counted() {
    int all = 0;
    String cursor = "";
    do {
      JsonNode page = Town.json(town.get("operator1", COMPONENTS + "?limit=500&cursor=" + cursor));
      all += page.path("components").size();
      cursor = page.path("next").asText("");
      if (page.path("next").isNull()) cursor = "";
    } while (!cursor.isEmpty());
    return all;
  }

  @Test
  void the_packs_register_is_there_once_and_a_restart_adds_nothing() {
    JsonNode one = first("operator1", "class=component:01001");
    assertThat(one.path("code").asText()).matches("32011301001\\d{6}");
    assertThat(one.path("synthetic").asBoolean()).isTrue();
    assertThat(one.path("class").path("name").asText()).isEqualTo("供水井盖");
    assertThat(one.path("owners")).hasSize(3);
    JsonNode whole = Town.json(town.get("operator1", path(one)));
    assertThat(whole.path("history")).hasSize(1);
    assertThat(whole.path("history").get(0).path("rule").asText()).isEqualTo("city-pack");
    assertThat(whole.path("reportUrl").asText())
        .isEqualTo(
            "http://127.0.0.1:" + town.port() + "/report?component=" + one.path("code").asText());
  }

  @Test
  void everybody_sees_only_their_own_areas_and_things() {
    JsonNode theirs = first("yaohua1", "class=component:03005");
    assertThat(theirs.path("areas").toString()).contains("320113001");
    assertThat(town.get("maqun1", path(theirs)).statusCode()).isEqualTo(404);
    for (String picture : List.of("/qr.svg", "/qr.png"))
      assertThat(town.get("maqun1", path(theirs) + picture).statusCode()).isEqualTo(404);
    assertThat(Town.json(town.get("maqun1", COMPONENTS + "?area=320113001")).path("components"))
        .isEmpty();
    assertThat(town.get("maqun1", COMPONENTS + "/qr-sheet?area=320113001").body())
        .doesNotContain("class=\"label\"");
    assertThat(Town.json(town.get("sysadmin1", COMPONENTS)).path("components")).isEmpty();
    assertThat(town.send(town.request(COMPONENTS)).statusCode()).isEqualTo(401);
    // A unit sees what it owns anywhere.
    assertThat(first("ludeng1", "class=component:01037").path("owners").toString())
        .contains("QX-CG-ZM");
  }

  @Test
  void bad_questions_are_told_what_is_wrong() {
    for (String query :
        List.of(
            "near=1,2",
            "near=118.8,32.1,0",
            "near=118.8,32.1,99999",
            "near=NaN,1,5",
            "class=01001",
            "state=new",
            "limit=0",
            "limit=501",
            "cursor=x",
            "cursor=%27;DROP%20TABLE%20component"))
      assertThat(town.get("operator1", COMPONENTS + "?" + query).statusCode())
          .as(query)
          .isEqualTo(400);
    assertThat(town.get("operator1", COMPONENTS + "/nonsense").statusCode()).isEqualTo(404);
    assertThat(town.get("operator1", COMPONENTS + "/" + "9".repeat(41)).statusCode())
        .isEqualTo(404);
  }

  @Test
  void a_worker_adds_what_stands_in_their_area_and_the_key_protects_it() {
    JsonNode there = first("worker1", "class=component:01037");
    String body = add(there.path("position"), 0.0004, "");
    String key = UUID.randomUUID().toString();
    HttpResponse<String> first = post("worker1", COMPONENTS, key, body);
    assertThat(first.statusCode()).as(first.body()).isEqualTo(201);
    JsonNode made = Town.json(first);
    assertThat(made.path("code").asText()).matches("32011301037\\d{6}");
    assertThat(made.path("synthetic").asBoolean()).isFalse();
    HttpResponse<String> again = post("worker1", COMPONENTS, key, body);
    assertThat(again.statusCode()).isEqualTo(200);
    assertThat(Town.json(again).path("code")).isEqualTo(made.path("code"));
    assertThat(code(post("worker1", COMPONENTS, key, body.replace("新灯", "旧灯"))))
        .isEqualTo("idempotency_key_reused");
    // The same code again, somebody else's area, no right, unknown class and unit, outside.
    String taken =
        add(there.path("position"), 0.0005, "\"code\":\"" + made.path("code").asText() + "\",");
    assertThat(post("worker1", COMPONENTS, fresh(), taken).statusCode()).isEqualTo(409);
    assertThat(post("worker2", COMPONENTS, fresh(), body).statusCode()).isEqualTo(403);
    assertThat(post("operator1", COMPONENTS, fresh(), body).statusCode()).isEqualTo(403);
    assertThat(code(post("worker1", COMPONENTS, fresh(), body.replace("01037", "99999"))))
        .isEqualTo("class_unknown");
    assertThat(code(post("worker1", COMPONENTS, fresh(), body.replace("QX-CG-ZM", "NOBODY"))))
        .isEqualTo("unit_unknown");
    assertThat(
            code(
                post(
                    "worker1",
                    COMPONENTS,
                    fresh(),
                    body.replaceAll("\"lon\":[0-9.]+", "\"lon\":121.5"))))
        .isEqualTo("position_invalid");
    assertThat(code(town.post("worker1", COMPONENTS, body))).isEqualTo("idempotency_key_missing");
  }

  @Test
  void eight_who_add_at_once_get_eight_codes() {
    JsonNode there = first("worker1", "class=component:01037");
    List<CompletableFuture<HttpResponse<String>>> all =
        IntStream.range(0, 8)
            .mapToObj(
                i ->
                    CompletableFuture.supplyAsync(
                        () ->
                            post(
                                "worker1",
                                COMPONENTS,
                                fresh(),
                                add(there.path("position"), 0.0001 * i, ""))))
            .toList();
    List<String> codes = new ArrayList<>();
    for (CompletableFuture<HttpResponse<String>> one : all) {
      assertThat(one.join().statusCode()).as(one.join().body()).isEqualTo(201);
      codes.add(Town.json(one.join()).path("code").asText());
    }
    assertThat(codes).doesNotHaveDuplicates();
  }

  @Test
  void of_two_surveys_at_once_one_is_told_that_it_came_second() {
    JsonNode one = first("worker1", "class=component:01002");
    int version = one.path("version").asInt();
    List<CompletableFuture<HttpResponse<String>>> both =
        List.of("damaged", "lost").stream()
            .map(
                state ->
                    CompletableFuture.supplyAsync(
                        () -> town.post("worker1", path(one) + "/state", state(version, state))))
            .toList();
    assertThat(both.stream().map(b -> b.join().statusCode()).toList())
        .containsExactlyInAnyOrder(200, 409);
    HttpResponse<String> loser =
        both.stream()
            .map(CompletableFuture::join)
            .filter(a -> a.statusCode() == 409)
            .findFirst()
            .orElseThrow();
    assertThat(code(loser)).isEqualTo("component_changed");
    assertThat(Town.json(loser).path("component").path("version").asInt()).isEqualTo(version + 1);
    JsonNode history = Town.json(town.get("worker1", path(one))).path("history");
    assertThat(history).hasSize(version + 1);
    assertThat(history.get(version).path("user").asText()).isEqualTo("龚样例");
    assertThat(history.get(version).path("why").asText()).isEqualTo("巡查所见");
    assertThat(
            town.post("worker2", path(one) + "/state", state(version + 1, "intact")).statusCode())
        .isEqualTo(404);
    assertThat(
            town.post("worker1", path(one) + "/state", state(version + 1, "nonsense")).statusCode())
        .isEqualTo(400);
  }

  @Test
  void a_step_sent_twice_over_a_bad_line_happens_once() {
    JsonNode one = first("worker1", "class=component:01003");
    String key = fresh();
    String body = state(one.path("version").asInt(), "damaged");
    assertThat(post("worker1", path(one) + "/state", key, body).statusCode()).isEqualTo(200);
    HttpResponse<String> again = post("worker1", path(one) + "/state", key, body);
    assertThat(again.statusCode()).isEqualTo(200);
    assertThat(Town.json(again).path("version").asInt()).isEqualTo(one.path("version").asInt() + 1);
    // The same key and words about another component are another step, which must not be lost.
    JsonNode other = first("worker1", "class=component:01037");
    assertThat(code(post("worker1", path(other) + "/state", key, body)))
        .isEqualTo("idempotency_key_reused");
  }

  @Test
  void a_component_moves_inside_the_workers_area_only() {
    JsonNode one = first("worker1", "class=component:04002");
    double lon = one.path("position").path("lon").asDouble();
    double lat = one.path("position").path("lat").asDouble();
    String near = moved(one, lon + 0.00002, lat);
    HttpResponse<String> done = town.post("worker1", path(one) + "/position", near);
    assertThat(done.statusCode()).as(done.body()).isEqualTo(200);
    assertThat(Town.json(done).path("position").path("lon").asDouble()).isEqualTo(lon + 0.00002);
    String away = moved(Town.json(done), 118.95, 32.1);
    assertThat(town.post("worker1", path(one) + "/position", away).statusCode()).isEqualTo(403);
    String ticket = state(2, "intact").replace("}", ",\"ticket\":12345}");
    assertThat(town.post("worker1", path(one) + "/state", ticket).statusCode()).isEqualTo(404);
  }

  @Test
  void name_and_owners_change_and_the_history_says_from_what_to_what() {
    JsonNode one = first("worker1", "class=component:01037");
    int version = one.path("version").asInt();
    JsonNode named =
        Town.json(details("worker1", one, version, "\"name\":\"路灯甲\",\"why\":\"铭牌更换\""));
    assertThat(named.path("name").asText()).isEqualTo("路灯甲");
    assertThat(named.path("owners")).as("what is not said stays").isEqualTo(one.path("owners"));
    JsonNode owned =
        Town.json(
            details(
                "worker1",
                one,
                version + 1,
                "\"owners\":{\"maintenance\":\"QX-LH\"},\"why\":\"移交\""));
    assertThat(owned.path("owners")).hasSize(1);
    assertThat(owned.path("owners").get(0).path("unit").asText()).isEqualTo("QX-LH");
    JsonNode history = Town.json(town.get("worker1", path(one))).path("history");
    JsonNode second = history.get(version + 1);
    assertThat(second.path("what").asText()).isEqualTo("details");
    assertThat(second.path("nameBefore").asText()).isEqualTo("路灯甲");
    assertThat(second.path("ownersBefore")).isEqualTo(one.path("owners"));
    assertThat(second.path("ownersAfter").get(0).path("unit").asText()).isEqualTo("QX-LH");
    assertThat(second.path("user").asText()).isEqualTo("龚样例");
    assertThat(second.path("why").asText()).isEqualTo("移交");
    assertThat(history.get(0).has("nameBefore")).isFalse();
    // A report on it goes to who owns it now.
    JsonNode ticket =
        Town.json(
            town.report(
                "operator1",
                "{\"channel\":\"phone\",\"type\":\"help\",\"words\":\"坏了\",\"component\":"
                    + one.path("code")
                    + "}"));
    assertThat(ticket.path("owner").path("unit").asText()).isEqualTo("QX-LH");
    // Nothing new, no such unit, no name, too long, an old version, somebody else's, no right.
    int now = version + 2;
    for (String body :
        List.of(
            "\"name\":\"路灯甲\"",
            "\"owners\":{\"maintenance\":\"QX-LH\"}",
            "\"why\":\"x\"",
            "\"name\":\" \"",
            "\"name\":\"" + "长".repeat(101) + "\"",
            "\"name\":7",
            "\"owners\":{\"boss\":\"QX-LH\"}",
            "\"owners\":\"QX-LH\""))
      assertThat(details("worker1", one, now, body).statusCode()).as(body).isEqualTo(400);
    assertThat(code(details("worker1", one, now, "\"owners\":{\"property\":\"NOBODY\"}")))
        .isEqualTo("unit_unknown");
    assertThat(code(details("worker1", one, version, "\"name\":\"旧\"")))
        .isEqualTo("component_changed");
    assertThat(details("worker2", one, now, "\"name\":\"x\"").statusCode()).isEqualTo(404);
    assertThat(details("operator1", one, now, "\"name\":\"x\"").statusCode()).isEqualTo(403);
    assertThat(Town.json(town.get("worker1", path(one))).path("history")).hasSize(now);
  }

  private static HttpResponse<String> details(
      String user, JsonNode component, int version, String body) {
    return town.post(
        user, path(component) + "/details", "{\"version\":" + version + "," + body + "}");
  }

  @Test
  void a_report_that_names_a_component_shows_it_from_the_first_answer_on() {
    JsonNode bin = first("operator1", "class=component:03005&area=320113001001");
    String body =
        "{\"channel\":\"phone\",\"type\":\"help\",\"words\":\"坏了\",\"component\":\"%s\"}"
            .formatted(bin.path("code").asText());
    JsonNode ticket = Town.json(town.report("operator1", body));
    assertThat(ticket.path("owner").path("unit").asText()).isEqualTo("CM-320113001001");
    assertThat(ticket.path("owner").path("ground").path("how").asText()).isEqualTo("component");
    assertThat(ticket.path("owner").path("ground").path("role").asText()).isEqualTo("maintenance");
    assertThat(ticket.path("component")).isEqualTo(bin.path("code"));
    assertThat(ticket.path("componentDetails").path("name")).isEqualTo(bin.path("name"));
    assertThat(ticket.path("place").path("community").asText()).isEqualTo("320113001001");
    JsonNode shown =
        Town.json(town.get("operator1", "/api/v1/tickets/" + ticket.path("id").asText()));
    assertThat(shown.path("componentDetails").path("code")).isEqualTo(bin.path("code"));
    JsonNode advice =
        Town.json(
            town.post(
                "operator1",
                "/api/v1/suggestions",
                "{\"words\":\"坏了\",\"component\":\"" + bin.path("code").asText() + "\"}"));
    assertThat(advice.path("owner").path("unit").asText()).isEqualTo("CM-320113001001");
    assertThat(advice.path("component").path("code")).isEqualTo(bin.path("code"));
    // Whose scope does not hold it is told where it leads, and reads nothing of it.
    JsonNode outside =
        Town.json(
            town.post(
                "maqun1",
                "/api/v1/suggestions",
                "{\"words\":\"坏了\",\"component\":\"" + bin.path("code").asText() + "\"}"));
    assertThat(outside.path("owner").path("unit").asText()).isEqualTo("CM-320113001001");
    assertThat(outside.path("component").isNull()).as(outside.toString()).isTrue();
    JsonNode foreign = Town.json(town.report("maqun1", body));
    assertThat(foreign.path("owner").path("unit").asText()).isEqualTo("CM-320113001001");
    assertThat(foreign.path("componentDetails").isNull()).as(foreign.toString()).isTrue();
    assertThat(
            code(town.report("operator1", body.replaceAll("\"\\d{17}\"", "\"32011303005999999\""))))
        .isEqualTo("component_unknown");
    assertThat(code(town.report("operator1", body.replaceAll("\"\\d{17}\"", "\"x\""))))
        .isEqualTo("invalid_request");
  }

  @Test
  void square_codes_and_sheets_can_be_printed() {
    JsonNode one = first("operator1", "class=component:01001");
    HttpResponse<String> svg = town.get("operator1", path(one) + "/qr.svg");
    assertThat(svg.headers().firstValue("Content-Type")).contains("image/svg+xml");
    assertThat(svg.body()).startsWith("<svg").contains("<path");
    HttpResponse<String> png = town.get("operator1", path(one) + "/qr.png");
    assertThat(png.headers().firstValue("Content-Type")).contains("image/png");
    HttpResponse<String> sheet =
        town.get("operator1", COMPONENTS + "/qr-sheet?class=component:01001&limit=30");
    assertThat(sheet.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/html");
    assertThat(sheet.body()).contains("合成数据 synthetic", "供水井盖", one.path("code").asText());
    assertThat(sheet.body().split("class=\"sheet\"", -1)).hasSize(4);
  }

  @Test
  void a_file_is_imported_with_its_refusals_and_the_same_file_again_changes_nothing() {
    String csv =
        """
        GLBJBSM,GLBJMC,X,Y,YHDWMC,GLBJZT,CSRQ,BGRQ,SJLY,BZ
        32011302025000001,"非机动车停放点,甲",118.8459,32.1093,绿化园林局,完好,2020-01-01,2021-02-03,普查,
        32011302025000002,停放点乙,118.8461,32.1093,没有这家,完好,2020-01-01,2021-02-03,普查,
        32011302025000001,重复,118.8459,32.1093,绿化园林局,完好,2020-01-01,2021-02-03,普查,
        32011302025000003,境外,121.5,31.2,绿化园林局,完好,2020-01-01,2021-02-03,普查,
        one,two
        """;
    JsonNode first = imported("?format=csv&name=a.csv", csv.getBytes(StandardCharsets.UTF_8));
    assertThat(first.path("state").asText()).as(first.toString()).isEqualTo("done");
    assertThat(first.path("added").asInt()).isEqualTo(1);
    assertThat(first.path("rejected").asInt()).isEqualTo(4);
    assertThat(first.path("rejections").findValuesAsText("line"))
        .containsExactly("3", "4", "5", "6");
    JsonNode again = imported("?format=csv", csv.getBytes(StandardCharsets.UTF_8));
    assertThat(again.path("unchanged").asInt()).isEqualTo(1);
    assertThat(again.path("added").asInt() + again.path("changed").asInt()).isZero();
    JsonNode chinese =
        imported(
            "?encoding=GB18030&crs=GCJ-02&map="
                + URLEncoder.encode("code:编码,lon:东,lat:北", StandardCharsets.UTF_8),
            "编码,名称,东,北,养护单位\n32011302025000004,丙,118.8511,32.1073,绿化园林局\n"
                .getBytes(Charset.forName("GB18030")));
    assertThat(chinese.path("added").asInt()).as(chinese.toString()).isEqualTo(1);
  }

  @Test
  void geojson_is_read_feature_by_feature() {
    String json =
        """
        {"type":"FeatureCollection","features":[
        {"type":"Feature","geometry":{"type":"Point","coordinates":[118.8463,32.1095,12.5]},
         "properties":{"code":"32011302027000001","name":"支架","maintenance":"QX-LH","more":{"deep":[1,2]}}},
        {"type":"Feature","geometry":{"type":"LineString","coordinates":[[1,2],[3,4]]},"properties":{}},
        {"type":"Feature","geometry":null,"properties":{"code":"32011302027000002"}},
        7]}
        """;
    JsonNode run = imported("?format=geojson", json.getBytes(StandardCharsets.UTF_8));
    assertThat(run.path("added").asInt()).as(run.toString()).isEqualTo(1);
    assertThat(run.path("rejected").asInt()).isEqualTo(3);
    for (String bad :
        List.of(
            "[]",
            "{\"type\":\"FeatureCollection\"}",
            "{\"features\":[{\"a\":",
            "{\"features\":[" + "[".repeat(5_000),
            "{\"crs\":{\"type\":\"name\"},\"features\":[]}",
            "{\"features\":[],\"crs\":{\"type\":\"name\"}}",
            "\u0000\u0001"))
      assertThat(
              imported("?format=geojson", bad.getBytes(StandardCharsets.UTF_8))
                  .path("state")
                  .asText())
          .as(bad.substring(0, Math.min(40, bad.length())))
          .isEqualTo("failed");
    assertThat(
            imported("?format=csv", "a,b\n1,2\n".getBytes(StandardCharsets.UTF_8))
                .path("problem")
                .asText())
        .contains("code");
  }

  @Test
  void only_those_who_may_import_do_and_a_flood_is_refused() {
    HttpResponse<String> empty = town.post("sysadmin1", COMPONENTS + "/imports?format=csv", "");
    assertThat(empty.statusCode()).as(empty.body()).isEqualTo(400);
    HttpResponse<String> refused =
        town.post("operator1", COMPONENTS + "/imports?format=csv", "code,lon,lat\n");
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(town.get("worker1", COMPONENTS + "/imports/1").statusCode()).isEqualTo(403);
    assertThat(town.get("sysadmin1", COMPONENTS + "/imports/999999").statusCode()).isEqualTo(404);
    assertThat(town.get("sysadmin1", COMPONENTS + "/imports/x").statusCode()).isEqualTo(404);
    for (String query : List.of("format=shp", "map=nonsense", "map=what:ever", "encoding=EBCDIC"))
      assertThat(town.post("sysadmin1", COMPONENTS + "/imports?" + query, "x").statusCode())
          .as(query)
          .isEqualTo(400);
    assertThat(code(town.post("sysadmin1", COMPONENTS + "/imports?crs=EPSG:99", "x")))
        .isEqualTo("crs_unknown");
    byte[] flood = new byte[129 << 20];
    HttpResponse<String> large =
        town.send(
            town.as("sysadmin1", COMPONENTS + "/imports").POST(BodyPublishers.ofByteArray(flood)));
    assertThat(large.statusCode()).isEqualTo(413);
  }

  private static JsonNode imported(String query, byte[] file) {
    HttpResponse<String> taken =
        town.send(
            town.as("sysadmin1", COMPONENTS + "/imports" + query)
                .POST(BodyPublishers.ofByteArray(file)));
    assertThat(taken.statusCode()).as(taken.body()).isEqualTo(202);
    String path = taken.headers().firstValue("Location").orElseThrow();
    Await.until(
        () ->
            List.of("done", "failed")
                .contains(Town.json(town.get("sysadmin1", path)).path("state").asText()));
    return Town.json(town.get("sysadmin1", path));
  }

  private static JsonNode first(String user, String query) {
    JsonNode found =
        Town.json(town.get(user, COMPONENTS + "?limit=1&state=intact&" + query)).path("components");
    assertThat(found).as(query).isNotEmpty();
    return found.get(0);
  }

  private static String path(JsonNode component) {
    return COMPONENTS + "/" + component.path("code").asText();
  }

  private static HttpResponse<String> post(String user, String path, String key, String body) {
    return town.send(
        town.as(user, path).header("Idempotency-Key", key).POST(BodyPublishers.ofString(body)));
  }

  private static String fresh() {
    return UUID.randomUUID().toString();
  }

  private static String code(HttpResponse<String> answer) {
    return Town.json(answer).path("code").asText();
  }

  private static String add(JsonNode position, double north, String more) {
    return """
    {%s"class":{"kind":"component","code":"01037"},"name":"新灯","state":"intact",
     "position":{"lon":%s,"lat":%s,"crs":"WGS84"},"owners":{"maintenance":"QX-CG-ZM"}}
    """
        .formatted(
            more, position.path("lon").asDouble(), position.path("lat").asDouble() + north / 100);
  }

  private static String state(int version, String state) {
    return "{\"version\":%d,\"state\":\"%s\",\"why\":\"巡查所见\"}".formatted(version, state);
  }

  private static String moved(JsonNode component, double lon, double lat) {
    return "{\"version\":%d,\"position\":{\"lon\":%s,\"lat\":%s,\"crs\":\"WGS84\"},\"why\":\"移位\"}"
        .formatted(component.path("version").asInt(), lon, lat);
  }
}
