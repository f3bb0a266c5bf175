package org.gridline.console.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.gridline.console.Office;
import org.gridline.console.components.ComponentFile;
import org.gridline.console.components.ComponentFile.Format;
import org.gridline.console.components.ImportRuns;
import org.gridline.console.view.ComponentWriter;
import org.gridline.console.view.Json;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;
import org.gridline.dispatch.component.Component;
import org.gridline.dispatch.component.FieldMap;
import org.gridline.dispatch.component.ImportComponents;
import org.gridline.gis.position.CoordinateSystem;
import org.gridline.gis.position.Crs;

/** Files for the register: taken as a stream, read beside the requests, asked after by id. */
public final class ComponentImports {
  static final long MOST_BYTES = 128L << 20;
  private static final int MOST_NAME = 100;

  /** The first look-up of any system loads the whole register of systems. */
  private static final long FIRST_LOOK_SECONDS = 30;

  private final ImportRuns runs;
  private final ComponentWriter writer;
  private final Path folder;

  /**
   * @param folder for files on their way
   */
  public ComponentImports(Office office, ImportRuns runs, Path folder) {
    this.folder = folder;
    this.runs = runs;
    this.writer = new ComponentWriter(office.pack(), office.components().rules());
  }

  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.upload("/api/v1/components/imports", this::begin),
        Endpoint.get("/api/v1/components/imports", this::list),
        Endpoint.get("/api/v1/components/imports/:id", this::show));
  }

  private Answer begin(Call call) {
    ImportComponents.check(call.user());
    ComponentFile.Reading reading =
        new ComponentFile.Reading(
            format(call),
            fields(call),
            charset(call),
            call.query("crs").map(ComponentImports::system));
    ImportComponents.Form form =
        new ImportComponents.Form(
            Crs.WGS84, text(call, "source", "导入 · import"), Component.Origin.SURVEYED);
    String name = text(call, "name", "upload");
    runs.reserve();
    Path file;
    try {
      file = Uploads.receive(call.request(), folder, name, MOST_BYTES).file();
    } catch (Exception e) {
      runs.giveBack();
      throw e;
    }
    ImportRuns.Run run = runs.begin(file, name, reading, form, call.user());
    return Answer.json(202, writer.run(run))
        .with("Location", "/api/v1/components/imports/" + run.id());
  }

  private static Format format(Call call) {
    return Format.find(call.query("format").orElse("csv"))
        .orElseThrow(() -> ComponentQuery.wrong("format", "csv, geojson, shapefile"));
  }

  private static FieldMap fields(Call call) {
    try {
      return FieldMap.parse(call.query("map").orElse(""));
    } catch (IllegalArgumentException e) {
      throw ComponentQuery.wrong("map", String.valueOf(e.getMessage()));
    }
  }

  /** What Chinese spreadsheets write beside UTF-8. */
  private static Charset charset(Call call) {
    return switch (call.query("encoding").orElse("UTF-8").toUpperCase(Locale.ROOT)) {
      case "UTF-8" -> StandardCharsets.UTF_8;
      case "GBK", "GB2312", "GB18030" -> Charset.forName("GB18030");
      default -> throw ComponentQuery.wrong("encoding", "UTF-8, GB18030");
    };
  }

  private static CoordinateSystem system(String name) {
    CoordinateSystem system = CoordinateSystem.find(name).orElseThrow(ComponentImports::unknown);
    try {
      Worker.run(
          () -> {
            system.check();
            return system;
          },
          FIRST_LOOK_SECONDS);
    } catch (IllegalArgumentException e) {
      throw unknown();
    }
    return system;
  }

  private static Failure unknown() {
    return Failure.atField(
        FailureCode.CRS_UNKNOWN, "crs", "WGS84, CGCS2000, GCJ-02, BD-09, EPSG:n");
  }

  private static String text(Call call, String name, String usual) {
    String text = call.query(name).orElse(usual);
    if (text.length() > MOST_NAME)
      throw ComponentQuery.wrong(name, "最多 100 字 · at most 100 characters");
    return text;
  }

  private Answer list(Call call) {
    ImportComponents.check(call.user());
    ObjectNode node = Json.object();
    node.set("imports", Json.list(runs.list(), writer::run));
    return Answer.json(node);
  }

  private Answer show(Call call) {
    ImportComponents.check(call.user());
    String id = call.path("id");
    return (id.matches("\\d{1,18}")
            ? runs.find(Long.parseLong(id))
            : Optional.<ImportRuns.Run>empty())
        .<Answer>map(run -> Answer.json(writer.run(run)))
        .orElseThrow(
            () ->
                new Failure(
                    FailureCode.NOT_FOUND, "没有此导入,或在另一服务器 · no such import on this server"));
  }
}
