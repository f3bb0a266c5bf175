package org.gridline.dispatch.evidence;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The kinds of file that are taken as evidence. */
public enum MediaType {
  JPEG("image/jpeg", "jpg", Family.PHOTO),
  PNG("image/png", "png", Family.PHOTO),
  WEBP("image/webp", "webp", Family.PHOTO),
  PDF("application/pdf", "pdf", Family.LETTER),
  MP4("video/mp4", "mp4", Family.RECORDING),
  QUICKTIME("video/quicktime", "mov", Family.RECORDING),
  THREE_GP("video/3gpp", "3gp", Family.RECORDING),
  M4A("audio/mp4", "m4a", Family.RECORDING),
  AAC("audio/aac", "aac", Family.RECORDING),
  MP3("audio/mpeg", "mp3", Family.RECORDING),
  WAV("audio/wav", "wav", Family.RECORDING),
  OGG("audio/ogg", "ogg", Family.RECORDING),
  AMR("audio/amr", "amr", Family.RECORDING);

  /** What people call it, and what limits and protection are set for. */
  public enum Family {
    PHOTO,
    LETTER,
    RECORDING;

    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Family> find(String id) {
      return Arrays.stream(values()).filter(f -> f.id().equals(id)).findFirst();
    }
  }

  private final String mime;
  private final String ending;
  private final Family family;

  MediaType(String mime, String ending, Family family) {
    this.mime = mime;
    this.ending = ending;
    this.family = family;
  }

  /** The registered media type, for example {@code image/jpeg}. */
  public String mime() {
    return mime;
  }

  /** What a file of it ends with, without the dot. */
  public String ending() {
    return ending;
  }

  public Family family() {
    return family;
  }

  public static Optional<MediaType> find(String mime) {
    return Arrays.stream(values()).filter(t -> t.mime.equals(mime)).findFirst();
  }
}
