package org.gridline.gis.position;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.geotools.api.referencing.FactoryException;
import org.geotools.referencing.CRS;
import org.jspecify.annotations.Nullable;

/**
 * A system that is written out as well-known text (WKT 1, of OGC's or Esri's kind): a {@code .prj}
 * file, or a city's own local system.
 *
 * <p>A local system is a {@code PROJCS} with a false easting and northing of its own, with {@code
 * TOWGS84} where its datum is shifted and turned (Helmert), or a {@code FITTED_CS} that lays an
 * {@code Affine} over another system. The text may come from strangers: it is bounded, and nothing
 * in it makes the library open a file or an address. Thread-safe.
 */
public final class Wkt implements CoordinateSystem {
  /** The first word of each kind of text that names a place on earth. */
  private static final Pattern BEGINNING =
      Pattern.compile("\\s*(PROJCS|GEOGCS|COMPD_CS|FITTED_CS)\\s*[\\[(].*", Pattern.DOTALL);

  private static final Pattern NAME = Pattern.compile("\\s*\\w+\\s*[\\[(]\\s*\"([^\"]{1,80})");

  /** Transforms that can name a grid file, which the library would fetch. */
  private static final Pattern TRANSFORM = Pattern.compile("_MT\\s*[\\[(]\\s*\"([^\"]*)");

  private static final Pattern TEXT_PARAMETER =
      Pattern.compile("PARAMETER\\s*[\\[(]\\s*\"[^\"]*\"\\s*,\\s*\"", Pattern.CASE_INSENSITIVE);

  private static final int MAX_CHARS = 20_000;
  private static final int MAX_DEPTH = 20;

  private final String text;
  private volatile @Nullable Register register;

  /** Whether it is a system at all shows when it is used, see {@link #check}. */
  public Wkt(String text) {
    this.text = text;
  }

  /** Whether a text looks like one of these. */
  static boolean isMeant(String text) {
    return BEGINNING.matcher(text).matches();
  }

  @Override
  public String spelling() {
    Matcher name = NAME.matcher(text);
    return name.lookingAt() ? name.group(1) : "WKT";
  }

  @Override
  public Position toWgs84(double x, double y) {
    return register().toWgs84(x, y, spelling());
  }

  @Override
  public void check() {
    register();
  }

  @Override
  public Optional<String> doubt() {
    return register().doubt();
  }

  private Register register() {
    Register known = register;
    if (known == null) {
      known = parse();
      register = known; // Made twice at worst, and equal.
    }
    return known;
  }

  private Register parse() {
    if (text.length() > MAX_CHARS || depth() > MAX_DEPTH) {
      throw new IllegalArgumentException("the WKT text is longer or deeper than any system needs");
    }
    if (!isMeant(text)) {
      throw new IllegalArgumentException(
          "the text names no system on earth: it begins with none of PROJCS, GEOGCS, COMPD_CS,"
              + " FITTED_CS");
    }
    Matcher transform = TRANSFORM.matcher(text);
    while (transform.find()) {
      if (!transform.group(1).strip().equalsIgnoreCase("Affine")) {
        throw new IllegalArgumentException(
            "only the transform Affine is taken, not " + transform.group(1));
      }
    }
    if (TEXT_PARAMETER.matcher(text).find()) {
      throw new IllegalArgumentException("a parameter that is no number is not taken");
    }
    try {
      return Register.of(CRS.parseWKT(text), spelling());
    } catch (FactoryException | RuntimeException e) {
      throw new IllegalArgumentException(
          "the WKT text of " + spelling() + " is not understood: " + e.getMessage(), e);
    }
  }

  private int depth() {
    int depth = 0;
    int deepest = 0;
    for (int i = 0; i < text.length(); i++) {
      switch (text.charAt(i)) {
        case '[', '(' -> deepest = Math.max(deepest, ++depth);
        case ']', ')' -> depth--;
        default -> {}
      }
    }
    return deepest;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Wkt wkt && text.equals(wkt.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
