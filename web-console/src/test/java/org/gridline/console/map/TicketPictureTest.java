package org.gridline.console.map;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Font;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.imageio.ImageIO;
import org.gridline.console.Said;
import org.gridline.console.Town;
import org.gridline.dispatch.city.CityPack;
import org.gridline.dispatch.city.CityPackReader;
import org.gridline.dispatch.ground.GroundSnapshot;
import org.gridline.gis.position.Position;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A picture of where a ticket is. */
class TicketPictureTest {
  private static final CityPack PACK = CityPackReader.read(Town.sample());
  private static final GroundSnapshot GROUND =
      GroundSnapshot.build(
          PACK.boundaryVersion(), List.of(), PACK.boundaries(), PACK.groundSettings());
  private static final int PIN_BLUE = 0x1f6fd6;

  private final Town town = Town.shared();

  private String ticket() {
    return Town.json(town.report("operator1", Said.lamp().toString())).path("id").asText();
  }

  private HttpResponse<byte[]> picture(String user, String path) {
    try {
      return HttpClient.newHttpClient()
          .send(town.as(user, path).build(), BodyHandlers.ofByteArray());
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static BufferedImage read(byte[] png) {
    try {
      return Optional.ofNullable(ImageIO.read(new ByteArrayInputStream(png))).orElseThrow();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void the_place_is_in_the_middle_of_a_picture_of_the_asked_size() throws IOException {
    String path = "/api/v1/tickets/" + ticket() + "/map.png?width=500&height=300&scale=20000";
    HttpResponse<byte[]> answer = picture("chief1", path);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).contains("image/png");
    assertThat(answer.headers().firstValue("Cache-Control")).contains("private, no-store");
    BufferedImage image = read(answer.body());
    assertThat(image.getWidth()).isEqualTo(500);
    assertThat(image.getHeight()).isEqualTo(300);
    assertThat(image.getRGB(250, 150) & 0xffffff).isEqualTo(PIN_BLUE);
    Path kept = Files.createDirectories(Path.of("target/pictures")).resolve("ticket.png");
    Files.write(kept, answer.body());
  }

  @Test
  void for_paper_the_pin_and_the_words_are_as_large_as_on_a_screen() {
    PictureFrame screen = PictureFrame.of(new Position(118.8445, 32.1204), 1280, 560, 20_000);
    List<LayerSheet> layers = new LayerSheet.Book(() -> GROUND).list();
    PictureText bare = new PictureText.None();
    BufferedImage fine = read(Picture.draw(screen, layers, Set.of(), List.of(), bare));
    BufferedImage paper = read(Picture.draw(screen.dense(2), layers, Set.of(), List.of(), bare));
    assertThat(List.of(paper.getWidth(), paper.getHeight())).containsExactly(1280, 560);
    assertThat(pin(paper)).isBetween(pin(fine) * 3, pin(fine) * 5);
  }

  /** Pixels of the pin's own colour. */
  private static long pin(BufferedImage image) {
    long found = 0;
    for (int y = 0; y < image.getHeight(); y++)
      for (int x = 0; x < image.getWidth(); x++)
        if ((image.getRGB(x, y) & 0xffffff) == PIN_BLUE) found++;
    return found;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "width=99",
        "width=1601",
        "height=1000000000",
        "width=-1",
        "height=NaN",
        "scale=0",
        "density=0",
        "density=4",
        "density=x",
        "scale=1e9",
        "scale=499",
        "width=100.5",
        "height=99999999999999999999"
      })
  void a_size_that_nobody_needs_is_refused(String query) {
    String path = "/api/v1/tickets/" + ticket() + "/map.png?" + query;
    HttpResponse<String> answer = town.get("chief1", path);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(Town.json(answer).path("field").asText())
        .isEqualTo(query.substring(0, query.indexOf('=')));
  }

  @Test
  void who_may_not_see_the_ticket_sees_no_picture_of_it() {
    String path = "/api/v1/tickets/" + ticket() + "/map.png";
    assertThat(picture("gongan1", path).statusCode()).isEqualTo(404);
    assertThat(picture("sysadmin1", path).statusCode()).isEqualTo(404);
    assertThat(town.send(town.request(path)).statusCode()).isEqualTo(401);
    assertThat(picture("chief1", "/api/v1/tickets/1/map.png").statusCode()).isEqualTo(404);
  }

  @Test
  void a_ticket_without_a_position_has_none() {
    var lost = Said.lamp().put("address", "不存在的地方");
    lost.remove("position");
    String id = Town.json(town.report("operator1", lost.toString())).path("id").asText();
    assertThat(picture("chief1", "/api/v1/tickets/" + id + "/map.png").statusCode()).isEqualTo(404);
  }

  @Test
  void without_a_font_for_chinese_areas_are_told_by_their_codes_and_without_any_not_at_all() {
    PictureFrame frame = PictureFrame.of(new Position(118.8445, 32.1204), 640, 420, 20_000);
    List<LayerSheet> layers = new LayerSheet.Book(() -> GROUND).list();
    List<String> notes = List.of("synthetic data");
    var area = PACK.boundaries().list("street").getFirst();
    PictureText latin = new PictureText.Latin(new Font(Font.SANS_SERIF, Font.PLAIN, 1));
    assertThat(latin.name(area)).isEqualTo(area.code());
    assertThat(new PictureText.Chinese(new Font(Font.SANS_SERIF, Font.PLAIN, 1)).name(area))
        .isEqualTo(area.name());
    BufferedImage codes = read(Picture.draw(frame, layers, Set.of(), notes, latin));
    BufferedImage bare = read(Picture.draw(frame, layers, Set.of(), notes, new PictureText.None()));
    assertThat(ink(codes)).isGreaterThan(ink(bare) + 500);
    assertThat(bare.getRGB(320, 210) & 0xffffff).isEqualTo(PIN_BLUE);
    PictureFrame small = PictureFrame.of(frame.centre(), 100, 100, 20_000);
    assertThat(ink(read(Picture.draw(small, layers, Set.of(), notes, latin))))
        .as("that the data is synthetic is said in the smallest picture too")
        .isGreaterThan(ink(read(Picture.draw(small, layers, Set.of(), List.of(), latin))));
  }

  @Test
  void a_place_beyond_all_boundaries_and_a_far_view_are_drawn_too() {
    List<LayerSheet> layers = new LayerSheet.Book(() -> GROUND).list();
    for (int scale : new int[] {500, 500_000}) {
      for (Position at :
          List.of(new Position(0, 0), new Position(118.9, 32.1), new Position(180, 90))) {
        PictureFrame frame = PictureFrame.of(at, 200, 200, scale);
        assertThat(
                read(Picture.draw(frame, layers, Set.of(), List.of(), PictureText.ofThisMachine()))
                    .getWidth())
            .isEqualTo(200);
      }
    }
  }

  /** Dark pixels: letters and lines. */
  private static long ink(BufferedImage image) {
    long dark = 0;
    for (int y = 0; y < image.getHeight(); y++)
      for (int x = 0; x < image.getWidth(); x++) if ((image.getRGB(x, y) & 0xff) < 0x90) dark++;
    return dark;
  }
}
