package org.gridline.dispatch.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import javax.imageio.ImageIO;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;
import org.gridline.dispatch.evidence.Finding.Size;
import org.junit.jupiter.api.Test;

/** What a file is follows from its bytes, whatever pieces they come in. */
class InspectionTest {
  private static final byte[] PHOTO =
      Photos.withNotes(Photos.jpeg(64, 48), 118.9531, 32.1017, "2026:03:01 08:15:30", 6);

  @Test
  void a_photo_tells_its_size_its_time_and_its_place() {
    Finding found = look(PHOTO);
    assertThat(found.type()).isEqualTo(MediaType.JPEG);
    assertThat(found.size()).contains(new Size(64, 48));
    assertThat(found.orientation()).isEqualTo(6);
    assertThat(found.stated().takenAt()).contains(LocalDateTime.of(2026, 3, 1, 8, 15, 30));
    assertThat(found.stated().offset()).contains(ZoneOffset.ofHours(8));
    var place = found.stated().position().orElseThrow();
    assertThat(place.lon()).isCloseTo(118.9531, within(1e-6));
    assertThat(place.lat()).isCloseTo(32.1017, within(1e-6));
    assertThat(found.shown()).isEqualTo(Finding.Shown.BY_PREVIEW);
  }

  @Test
  void it_makes_no_difference_in_which_parts_a_file_comes() {
    for (byte[] file :
        new byte[][] {
          PHOTO, Photos.pngWithNotes(Photos.png(20, 10), 1, 2), Photos.mp4(300), Photos.webp(9, 9)
        }) {
      Finding whole = look(file);
      for (int size : new int[] {1, 2, 3, 7, 64, 1000}) {
        Finding parts = look(file, size);
        assertThat(parts.size()).isEqualTo(whole.size());
        assertThat(parts.stated()).isEqualTo(whole.stated());
        assertThat(covered(file, parts)).isEqualTo(covered(file, whole));
      }
    }
  }

  @Test
  void what_others_get_is_a_picture_of_the_same_length_without_a_word_about_its_place()
      throws IOException {
    byte[] clean = covered(PHOTO, look(PHOTO));
    assertThat(clean).hasSameSizeAs(PHOTO);
    assertThat(text(PHOTO)).contains(Photos.MAKER, "+32.1234");
    assertThat(text(clean)).doesNotContain(Photos.MAKER, "+32.1234", "2026:03:01");
    assertThat(look(clean).stated()).isEqualTo(Stated.nothing());
    assertThat(look(clean).orientation()).isEqualTo(6);
    assertThat(ImageIO.read(new ByteArrayInputStream(clean)).getWidth()).isEqualTo(64);
  }

  @Test
  void notes_in_a_png_a_webp_and_a_film_are_covered_too() throws IOException {
    byte[] png = Photos.pngWithNotes(Photos.png(20, 10), 118.9, 32.1);
    assertThat(look(png).stated().position()).isPresent();
    byte[] cleanPng = covered(png, look(png));
    assertThat(text(cleanPng)).doesNotContain(Photos.MAKER);
    assertThat(ImageIO.read(new ByteArrayInputStream(cleanPng)).getHeight()).isEqualTo(10);

    byte[] webp = Photos.webp(400, 300);
    assertThat(look(webp).size()).contains(new Size(400, 300));
    assertThat(look(webp).stated().position()).isPresent();
    assertThat(text(covered(webp, look(webp)))).doesNotContain(Photos.MAKER);

    byte[] film = Photos.mp4(500);
    assertThat(look(film).type()).isEqualTo(MediaType.MP4);
    assertThat(text(covered(film, look(film))))
        .doesNotContain(Photos.MAKER, "+32.1234")
        .contains("mvhd", "tkhd");
  }

  @Test
  void a_letter_and_sounds_are_known_by_their_first_bytes() {
    assertThat(look(ascii("%PDF-1.7\n%âãÏÓ\n1 0 obj\nendobj\n%%EOF")).type())
        .isEqualTo(MediaType.PDF);
    assertThat(look(Photos.wav(500)).type()).isEqualTo(MediaType.WAV);
    assertThat(look(ascii("#!AMR\n0123456789abcdef")).type()).isEqualTo(MediaType.AMR);
    assertThat(look(Photos.join(ascii("OggS"), new byte[40])).type()).isEqualTo(MediaType.OGG);
    assertThat(look(Photos.join(ascii("ID3"), new byte[40])).type()).isEqualTo(MediaType.MP3);
    byte[] frame = new byte[417];
    frame[0] = (byte) 0xFF;
    frame[1] = (byte) 0xFB;
    frame[2] = (byte) 0x90;
    assertThat(look(Photos.join(frame, frame, frame)).type()).isEqualTo(MediaType.MP3);
  }

  @Test
  void what_is_no_evidence_is_refused_whatever_it_is_called() {
    refused(ascii("<!DOCTYPE html><script>alert(1)</script>"));
    refused(ascii("<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"));
    refused(ascii("PK\3\4 a zip or an office file or an app......"));
    refused(ascii("MZ a program for windows ..............."));
    refused(ascii("\177ELF a program for linux .............."));
    refused(ascii("GIF89a..............................."));
    refused(ascii("\n\n%PDF-1.7 a letter that begins late....."));
    refused(new byte[200]);
    refused(new byte[3]);
    byte[] heic = Photos.box("ftyp", ascii("heic\0\0\0\0mif1heic"));
    assertThatThrownBy(() -> look(heic)).hasMessageContaining("JPEG");
  }

  @Test
  void a_picture_that_would_fill_the_memory_is_refused_by_its_head() {
    assertThat(Photos.pngThatSays(50_000, 20_000)).hasSizeLessThan(100);
    refused(Photos.pngThatSays(50_000, 20_000));
    refused(Photos.pngThatSays(0x7FFFFFFF, 0x7FFFFFFF));
    refused(Photos.pngThatSays(0, 10));
    refused(Photos.webp(16_000, 16_000));
    byte[] jpeg = Photos.jpeg(16, 16);
    int frame = indexOf(jpeg, 0xFF, 0xC0);
    for (int i = 5; i < 9; i++) jpeg[frame + i] = (byte) 0xFF;
    refused(jpeg);
  }

  @Test
  void half_a_file_is_refused() {
    for (byte[] file :
        new byte[][] {
          Photos.jpeg(64, 48), Photos.png(64, 48), Photos.mp4(900), Photos.webp(20, 20)
        }) {
      look(file);
      for (double share : new double[] {0.2, 0.5, 0.9, 0.99})
        refused(Arrays.copyOf(file, (int) (file.length * share)));
    }
  }

  @Test
  void a_photo_that_is_a_zip_as_well_is_a_photo_to_us_and_others_get_no_zip() {
    byte[] both = Photos.join(Photos.jpeg(30, 30), ascii("PK\3\4 evil.html <script>"));
    Finding found = look(both);
    assertThat(found.type()).isEqualTo(MediaType.JPEG);
    assertThat(text(covered(both, found))).doesNotContain("PK", "script");
  }

  @Test
  void spoilt_files_never_break_the_reader() {
    Random random = new Random(20261122);
    byte[][] sound = {
      PHOTO, Photos.pngWithNotes(Photos.png(20, 10), 1, 2), Photos.mp4(300), Photos.webp(9, 9)
    };
    int taken = 0;
    for (int i = 0; i < 40_000; i++) {
      byte[] file = sound[i % sound.length].clone();
      int spoilt = 1 + random.nextInt(12);
      for (int n = 0; n < spoilt; n++) {
        int at = random.nextInt(random.nextBoolean() ? Math.min(600, file.length) : file.length);
        file[at] = (byte) random.nextInt();
      }
      if (random.nextInt(4) == 0) file = Arrays.copyOf(file, random.nextInt(file.length) + 1);
      try {
        Finding found = look(file, 1 + random.nextInt(500));
        covered(file, found);
        taken++;
      } catch (Failure refused) {
        assertThat(refused.code()).isEqualTo(FailureCode.ATTACHMENT_REFUSED);
      }
    }
    assertThat(taken).isPositive();
  }

  @Test
  void notes_that_lie_about_their_offsets_are_as_if_they_were_not_there() {
    byte[] notes = Photos.notes(1, 2, "2026:03:01 08:15:30", 3);
    Random random = new Random(5);
    for (int i = 0; i < 100_000; i++) {
      byte[] spoilt = notes.clone();
      for (int n = 0; n < 6; n++) spoilt[6 + random.nextInt(394)] = (byte) random.nextInt();
      assertThat(Exif.read(spoilt, 6)).isNotNull();
    }
    assertThat(Exif.read(new byte[0], 0)).isEqualTo(Exif.nothing());
  }

  private static Finding look(byte[] file) {
    return look(file, file.length);
  }

  private static Finding look(byte[] file, int size) {
    Walker walker =
        Inspection.open(Arrays.copyOf(file, Math.min(file.length, 8_192)), 120).walker();
    for (int at = 0; at < file.length; at += size)
      walker.take(Arrays.copyOfRange(file, at, Math.min(file.length, at + size)));
    return walker.end();
  }

  private static byte[] covered(byte[] file, Finding found) {
    byte[] clean = file.clone();
    found.covers().forEach(c -> c.over(clean, 0));
    // The same in two stretches.
    int half = file.length / 2;
    byte[] first = Arrays.copyOf(file, half);
    byte[] second = Arrays.copyOfRange(file, half, file.length);
    found.covers().forEach(c -> c.over(first, 0));
    found.covers().forEach(c -> c.over(second, half));
    assertThat(Photos.join(first, second)).isEqualTo(clean);
    return clean;
  }

  private static void refused(byte[] file) {
    assertThatThrownBy(() -> look(file))
        .isInstanceOfSatisfying(
            Failure.class,
            f -> assertThat(Optional.of(f.code())).contains(FailureCode.ATTACHMENT_REFUSED));
  }

  private static int indexOf(byte[] bytes, int... wanted) {
    for (int i = 0; i < bytes.length - 1; i++)
      if ((bytes[i] & 0xFF) == wanted[0] && (bytes[i + 1] & 0xFF) == wanted[1]) return i;
    throw new AssertionError("not there");
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
