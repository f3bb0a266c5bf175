package org.gridline.gis.check;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.gridline.gis.boundary.CheckedBoundaries;
import org.gridline.gis.boundary.FieldList;
import org.gridline.gis.boundary.Finding;
import org.gridline.gis.boundary.Layer;
import org.gridline.gis.boundary.LayerFit;
import org.gridline.gis.boundary.LayerSource;
import org.gridline.gis.boundary.ReadingProgress;
import org.gridline.gis.boundary.UnusableBoundaries;

/**
 * {@code ./gridline boundaries check FILE…}: reads boundary files as an import would and says what
 * it finds. Exit codes: 0 usable, 1 refused or not readable, 2 wrong arguments.
 */
public final class Check {
  private static final int USABLE = 0;
  private static final int REFUSED = 1;
  private static final int WRONG_ARGUMENTS = 2;

  private final CheckOptions options;
  private final Report report;
  private final PrintStream err;

  private Check(CheckOptions options, PrintStream out, PrintStream err) {
    this.options = options;
    this.report = new Report(out);
    this.err = err;
  }

  public static void main(String[] arguments) {
    System.exit(
        run(
            List.of(arguments),
            new PrintStream(
                new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8),
            new PrintStream(
                new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8)));
  }

  /** The whole command; answers the exit code. */
  static int run(List<String> arguments, PrintStream out, PrintStream err) {
    CheckOptions options;
    try {
      options = CheckOptions.parse(arguments);
    } catch (IllegalArgumentException e) {
      err.println("boundaries check: " + e.getMessage());
      err.println(CheckOptions.USAGE);
      return WRONG_ARGUMENTS;
    }
    try {
      return new Check(options, out, err).run();
    } catch (IOException | UncheckedIOException e) {
      err.println("boundaries check: " + e.getMessage());
      return REFUSED;
    } finally {
      out.flush();
    }
  }

  private int run() throws IOException {
    List<Finding> findings = new ArrayList<>();
    List<CheckedBoundaries> layers = new ArrayList<>();
    boolean usable = true;
    for (int file = 0; file < options.files().size(); file++) {
      Path path = options.files().get(file);
      try {
        LayerSource source = source(file);
        CheckedBoundaries read = CheckedBoundaries.readEach(List.of(source), new Progress(err));
        report.read(path, source, read);
        layers.add(read);
        findings.addAll(read.findings());
      } catch (UnusableBoundaries e) {
        report.refused(path, e);
        findings.addAll(e.findings());
        usable = false;
      }
    }
    if (usable) {
      err.println("checking how the areas fit together · 检查区域之间的关系 …");
      Ladder ladder = Ladder.of(layers);
      findings.addAll(ladder.findings());
      findings.addAll(LayerFit.check(ladder.boundaries()));
    }
    report.findings(findings);
    if (options.report().isPresent()) {
      FindingsGeoJson.write(options.report().get(), findings);
      report.written(options.report().get(), findings.size());
    }
    report.verdict(usable, findings);
    return usable ? USABLE : REFUSED;
  }

  private LayerSource source(int file) {
    Path path = options.files().get(file);
    String code =
        options
            .code(file)
            .orElseGet(
                () -> {
                  FieldList fields = FieldList.of(path);
                  String guessed = fields.guess().map(FieldList.Field::name).orElse("");
                  report.fields(path, fields, guessed);
                  return guessed;
                });
    if (code.isBlank()) {
      throw UnusableBoundaries.of(
          path,
          new Finding(
              Finding.Code.CODE_MISSING,
              "the file",
              "no property has a different value for every feature, so none can be taken for the"
                  + " code; name it: --code FIELD · 没有取值唯一的属性可作代码"));
    }
    String layer = options.layer(file);
    return new LayerSource(
        path,
        new Layer(layer, layer),
        code,
        options.name(file),
        options.parent(file),
        options.priority(file),
        options.crs(file));
  }

  /** Says how far a long file has been read, every few seconds. */
  private static final class Progress implements ReadingProgress {
    private static final long EVERY_NANOS = 2_000_000_000L;

    private final PrintStream err;
    private long next = System.nanoTime() + EVERY_NANOS;

    Progress(PrintStream err) {
      this.err = err;
    }

    @Override
    public void read(LayerSource file, int features) {
      if (System.nanoTime() - next > 0) {
        next = System.nanoTime() + EVERY_NANOS;
        err.println(file.file().getFileName() + ": " + features + " features read · 已读要素");
      }
    }
  }
}
