package org.gridline.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.imageio.ImageIO;
import org.gridline.dispatch.evidence.Photos;
import org.junit.jupiter.api.Test;

/** Photos, letters and recordings through the front door. */
class AttachmentsTest {
  private static final Town TOWN = Town.shared();
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final byte[] PHOTO =
      Photos.withNotes(Photos.jpeg(900, 600), 118.887, 32.118, "2026:03:01 08:15:30", 6);

  @Test
  void a_photo_comes_with_a_report_and_others_see_it_without_its_notes() throws Exception {
    JsonNode sent = upload("operator1", PHOTO, "?lon=118.887&lat=32.118&crs=WGS84&accuracy=12");
    assertThat(sent.path("type").asText()).isEqualTo("image/jpeg");
    assertThat(sent.path("bytes").asInt()).isEqualTo(PHOTO.length);
    assertThat(sent.path("takenAt").asText()).isEqualTo("2026-03-01T08:15:30+08:00");
    assertThat(sent.path("sha256").asText()).isEqualTo(sha256(PHOTO));

    JsonNode ticket = report("help", sent.path("id").asLong());
    long id = ticket.path("id").asLong();
    String handler = TOWN.handlerOf(ticket.path("owner").path("unit").asText());

    JsonNode seen = list(handler, id).path(0);
    assertThat(seen.path("version").asInt()).isEqualTo(1);
    assertThat(seen.path("download").asBoolean()).isTrue();
    assertThat(seen.path("original").asBoolean()).isFalse();
    String file = "/api/v1/attachments/" + sent.path("id").asLong();
    HttpResponse<byte[]> covered = bytes(handler, file);
    assertThat(covered.statusCode()).isEqualTo(200);
    assertThat(covered.body()).hasSize(PHOTO.length);
    assertThat(latin(covered.body())).doesNotContain(Photos.MAKER, "+32.1234", "2026:03:01");
    assertThat(header(covered, "Content-Type")).isEqualTo("image/jpeg");
    assertThat(header(covered, "Content-Disposition")).startsWith("attachment;");
    assertThat(header(covered, "X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(header(covered, "Content-Security-Policy")).contains("sandbox");
    assertThat(header(covered, "Cache-Control")).contains("no-store", "private");

    assertThat(bytes(handler, file + "?original=true").statusCode()).isEqualTo(403);
    assertThat(bytes("operator2", file + "?original=true").body()).isEqualTo(PHOTO);

    HttpResponse<byte[]> preview = bytes(handler, file + "/preview");
    var picture = ImageIO.read(new ByteArrayInputStream(preview.body()));
    // Held upright: the camera was turned.
    assertThat(picture.getHeight()).isEqualTo(320);
    assertThat(picture.getWidth()).isBetween(212, 215);
    assertThat(picture.getRGB(200, 20) >> 16 & 0xFF).isGreaterThan(200);
    assertThat(latin(preview.body())).doesNotContain(Photos.MAKER, "Exif");
    assertThat(TOWN.get("operator1", "/api/v1/tickets/" + id + "/events").body())
        .contains(sent.path("sha256").asText());
  }

  @Test
  void who_may_not_see_the_ticket_gets_nothing() throws Exception {
    JsonNode sent = upload("operator1", PHOTO, "");
    String file = "/api/v1/attachments/" + sent.path("id").asLong();
    for (String other : List.of("operator2", "commander1", "sysadmin1"))
      assertThat(bytes(other, file).statusCode()).isEqualTo(404);
    assertThat(bytes("operator1", file + "?original=true").body()).isEqualTo(PHOTO);

    JsonNode ticket = report("help", sent.path("id").asLong());
    String foreign = "yibao1";
    for (String path : List.of(file, file + "/preview", file + "?original=true"))
      assertThat(bytes(foreign, path).statusCode()).isEqualTo(404);
    assertThat(
            bytes(foreign, "/api/v1/tickets/" + ticket.path("id").asLong() + "/attachments")
                .statusCode())
        .isEqualTo(404);
    assertThat(TOWN.send(TOWN.request(file)).statusCode()).isEqualTo(401);
  }

  @Test
  void a_complaint_shows_others_a_picture_and_neither_voice_nor_letter() throws Exception {
    long photo = upload("operator1", PHOTO, "").path("id").asLong();
    long voice = upload("operator1", Photos.wav(5_000), "").path("id").asLong();
    JsonNode ticket = report("complaint", photo, voice);
    String handler = TOWN.handlerOf(ticket.path("owner").path("unit").asText());
    JsonNode all = list(handler, ticket.path("id").asLong());
    for (JsonNode one : all) {
      assertThat(one.has("position")).isFalse();
      assertThat(one.has("takenAt")).isFalse();
      assertThat(one.path("download").asBoolean()).isFalse();
    }
    assertThat(bytes(handler, "/api/v1/attachments/" + photo).statusCode()).isEqualTo(403);
    assertThat(bytes(handler, "/api/v1/attachments/" + voice).statusCode()).isEqualTo(403);
    assertThat(bytes(handler, "/api/v1/attachments/" + photo + "/preview").statusCode())
        .isEqualTo(200);
    assertThat(bytes("revisitor1", "/api/v1/attachments/" + voice).statusCode()).isEqualTo(200);
  }

  @Test
  void a_recording_is_wound_through() throws Exception {
    byte[] sound = Photos.wav(2_500_000);
    long id = upload("operator1", sound, "").path("id").asLong();
    for (int[] part :
        new int[][] {{0, 0}, {10, 99}, {1_048_570, 1_048_590}, {2_000_000, 2_500_043}}) {
      HttpResponse<byte[]> answer = ranged(id, "bytes=" + part[0] + "-" + part[1]);
      assertThat(answer.statusCode()).isEqualTo(206);
      assertThat(header(answer, "Content-Range"))
          .isEqualTo("bytes " + part[0] + "-" + part[1] + "/" + sound.length);
      assertThat(answer.body()).isEqualTo(Arrays.copyOfRange(sound, part[0], part[1] + 1));
    }
    assertThat(ranged(id, "bytes=-44").body())
        .isEqualTo(Arrays.copyOfRange(sound, sound.length - 44, sound.length));
    assertThat(ranged(id, "bytes=2500000-").body()).hasSize(44);
    assertThat(ranged(id, "bytes=2500044-").statusCode()).isEqualTo(416);
    assertThat(ranged(id, "bytes=9-3").statusCode()).isEqualTo(416);
    for (String odd : List.of("bytes=0-1,5-9", "lines=1-2", "bytes=a-b"))
      assertThat(ranged(id, odd).body()).isEqualTo(sound);
  }

  @Test
  void what_is_no_evidence_is_refused() throws Exception {
    assertThat(refused("<html><script>alert(1)</script></html>".getBytes(StandardCharsets.UTF_8)))
        .isEqualTo("attachment_refused");
    assertThat(refused(Photos.pngThatSays(50_000, 20_000))).isEqualTo("attachment_refused");
    assertThat(refused(Arrays.copyOf(PHOTO, 5_000))).isEqualTo("attachment_refused");
    assertThat(refused(new byte[0])).isEqualTo("attachment_refused");
    HttpResponse<String> admin = post("sysadmin1", BodyPublishers.ofByteArray(PHOTO), "");
    assertThat(admin.statusCode()).isEqualTo(403);
    for (String query : List.of("?lon=1&lat=2", "?lon=900&lat=2&crs=WGS84", "?accuracy=-1"))
      assertThat(post("operator1", BodyPublishers.ofByteArray(PHOTO), query).statusCode())
          .isIn(400, 422);
  }

  @Test
  void an_endless_photo_ends_at_its_limit_and_a_declared_one_before_it_begins() throws Exception {
    byte[] head = Arrays.copyOf(Photos.jpeg(50, 50), 700);
    InputStream endless =
        new SequenceInputStream(
            new ByteArrayInputStream(head),
            new InputStream() {
              private long left = 5L << 30;

              @Override
              public int read() {
                return 0;
              }

              @Override
              public int read(byte[] to, int at, int most) {
                left -= most;
                return left < 0 ? -1 : most;
              }
            });
    int status;
    try {
      status = post("chief1", BodyPublishers.ofInputStream(() -> endless), "").statusCode();
    } catch (IOException hungUp) {
      status = 413;
    }
    assertThat(status).isEqualTo(413);
    String told =
        raw(
            "POST /api/v1/attachments HTTP/1.1\r\n"
                + "Host: x\r\n"
                + "Content-Length: 5368709120\r\n"
                + "Authorization: Bearer "
                + TOWN.token("operator1")
                + "\r\n\r\n");
    assertThat(told).startsWith("HTTP/1.1 413");
  }

  @Test
  void slow_senders_hold_nobody_up() throws Exception {
    List<Socket> slow = new ArrayList<>();
    try {
      for (int i = 0; i < 3; i++) {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), TOWN.port());
        OutputStream out = socket.getOutputStream();
        out.write(
            ("POST /api/v1/attachments HTTP/1.1\r\n"
                    + "Host: x\r\n"
                    + "Content-Length: 9000000\r\n"
                    + "Authorization: Bearer "
                    + TOWN.token("operator2")
                    + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        out.write(PHOTO, 0, 400);
        out.flush();
        slow.add(socket);
      }
      long from = System.nanoTime();
      assertThat(upload("operator1", PHOTO, "").path("id").asLong()).isPositive();
      assertThat(TOWN.get("operator1", "/api/v1/tickets?limit=1").statusCode()).isEqualTo(200);
      assertThat(System.nanoTime() - from).isLessThan(15_000_000_000L);
    } finally {
      for (Socket socket : slow) socket.close();
    }
  }

  @Test
  void many_at_once_take_no_more_memory_than_their_parts() throws Exception {
    System.gc();
    Runtime machine = Runtime.getRuntime();
    long before = machine.totalMemory() - machine.freeMemory();
    byte[] sound = Photos.wav(24 << 20);
    List<CompletableFuture<Integer>> all = new ArrayList<>();
    for (String user : List.of("operator1", "operator2", "chief1", "commander1"))
      all.add(
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  InputStream in = new ByteArrayInputStream(sound);
                  return post(user, BodyPublishers.ofInputStream(() -> in), "").statusCode();
                } catch (Exception e) {
                  throw new IllegalStateException(e);
                }
              }));
    for (CompletableFuture<Integer> one : all) assertThat(one.get()).isEqualTo(201);
    System.gc();
    long after = machine.totalMemory() - machine.freeMemory() - sound.length;
    assertThat(after - before).isLessThan(48L << 20);
  }

  @Test
  void the_same_key_and_body_are_the_same_report_and_other_files_are_another_body()
      throws Exception {
    long first = upload("operator1", PHOTO, "").path("id").asLong();
    long second = upload("operator1", PHOTO, "").path("id").asLong();
    String key = "attachments-key-1";
    HttpResponse<String> once = TOWN.report("operator1", key, body("help", first));
    HttpResponse<String> again = TOWN.report("operator1", key, body("help", first));
    assertThat(once.statusCode()).isEqualTo(201);
    assertThat(again.statusCode()).isEqualTo(200);
    assertThat(again.body()).isEqualTo(once.body());
    HttpResponse<String> other = TOWN.report("operator1", key, body("help", second));
    assertThat(other.statusCode()).isEqualTo(422);
    assertThat(Town.json(other).path("code").asText()).isEqualTo("idempotency_key_reused");
    HttpResponse<String> used = TOWN.report("operator1", body("help", first));
    assertThat(used.statusCode()).isEqualTo(422);
    assertThat(Town.json(used).path("code").asText()).isEqualTo("attachment_unknown");
    for (String odd : List.of("7", "\"7\"", "{}", "[\"7\"]", "[-1]", "[1.5]", "[[1]]"))
      assertThat(TOWN.report("operator1", body("help", 0).replace("[0]", odd)).statusCode())
          .isEqualTo(400);
  }

  private static String body(String type, long... attachments) {
    return "{\"channel\":\"phone\",\"type\":\""
        + type
        + "\",\"words\":\"尧化门街道路边暴露垃圾没人清\",\"caller\":{\"phone\":\"13800000009\",\"name\":\"李样例\"},"
        + "\"position\":{\"lon\":118.887,\"lat\":32.118,\"crs\":\"WGS84\"},\"attachments\":"
        + Arrays.toString(attachments)
        + "}";
  }

  private static JsonNode report(String type, long... attachments) {
    HttpResponse<String> answer = TOWN.report("operator1", body(type, attachments));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return Town.json(answer);
  }

  private static JsonNode list(String user, long ticket) {
    return Town.json(TOWN.get(user, "/api/v1/tickets/" + ticket + "/attachments"))
        .path("attachments");
  }

  private static JsonNode upload(String user, byte[] file, String query) throws Exception {
    HttpResponse<String> answer = post(user, BodyPublishers.ofByteArray(file), query);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return Town.json(answer);
  }

  private static String refused(byte[] file) throws Exception {
    HttpResponse<String> answer = post("operator1", BodyPublishers.ofByteArray(file), "");
    assertThat(answer.statusCode()).isEqualTo(422);
    return Town.json(answer).path("code").asText();
  }

  private static HttpResponse<String> post(
      String user, HttpRequest.BodyPublisher body, String query) throws Exception {
    return CLIENT.send(
        TOWN.as(user, "/api/v1/attachments" + query).POST(body).build(), BodyHandlers.ofString());
  }

  private static HttpResponse<byte[]> bytes(String user, String path) throws Exception {
    return CLIENT.send(TOWN.as(user, path).build(), BodyHandlers.ofByteArray());
  }

  private static HttpResponse<byte[]> ranged(long id, String range) throws Exception {
    return CLIENT.send(
        TOWN.as("operator1", "/api/v1/attachments/" + id).header("Range", range).build(),
        BodyHandlers.ofByteArray());
  }

  private static String raw(String head) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), TOWN.port())) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      return latin(socket.getInputStream().readNBytes(12));
    }
  }

  private static String header(HttpResponse<?> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }

  private static String latin(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private static String sha256(byte[] bytes) throws Exception {
    return HexFormat.of()
        .formatHex(java.security.MessageDigest.getInstance("SHA-256").digest(bytes));
  }
}
