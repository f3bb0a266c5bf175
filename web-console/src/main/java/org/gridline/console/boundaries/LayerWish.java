package org.gridline.console.boundaries;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Optional;
import java.util.regex.Pattern;
import org.gridline.console.view.Json;
import org.gridline.dispatch.Failure;
import org.gridline.dispatch.FailureCode;
import org.gridline.dispatch.Names;
import org.gridline.dispatch.ground.LayerNote;
import org.gridline.gis.boundary.FileCrs;
import org.gridline.gis.boundary.Layer;
import org.gridline.gis.boundary.LayerSource;
import org.gridline.gis.position.CoordinateSystem;

/**
 * What somebody wants of an uploaded file.
 *
 * @param layer the layer that it replaces, or a new service layer
 * @param name for a new layer; one that is there keeps its name
 * @param code the field that holds the code
 * @param nameField blank when codes serve as names
 * @param parentField blank when the file names no parents
 * @param priorityField blank when the lower code owns what areas share
 * @param crs empty when the file says it
 * @param validFrom the day on which it is meant to hold; absent for now
 */
public record LayerWish(
    String layer,
    Optional<Names> name,
    String code,
    String nameField,
    String parentField,
    String priorityField,
    Optional<CoordinateSystem> crs,
    Optional<LocalDate> validFrom,
    String note) {
  private static final Pattern LAYER_ID = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,39}");
  private static final int MOST_FIELD = 100;

  /**
   * @throws Failure {@code invalid_request} naming the member, as the API spells it
   */
  public LayerWish {
    if (!LAYER_ID.matcher(layer).matches())
      throw wrong("layer", "图层名:字母开头,字母、数字、-、_ · letters, digits, - and _");
    if (code.isBlank()) throw wrong("code", "必填:代码所在字段 · needed: the field that holds the code");
    for (String field : new String[] {code, nameField, parentField, priorityField})
      if (field.length() > MOST_FIELD) throw wrong("code", "字段名过长 · the field's name is too long");
  }

  private static Failure wrong(String field, String detail) {
    return Failure.atField(FailureCode.INVALID_REQUEST, field, detail);
  }

  LayerSource source(Path file) {
    return new LayerSource(
        file,
        new Layer(layer, layer),
        code,
        nameField,
        parentField,
        priorityField,
        crs.<FileCrs>map(FileCrs.Said::new).orElseGet(FileCrs.Unsaid::new));
  }

  /** The layer of the version to be; an older one of that id gives name and role. */
  LayerNote note(Optional<LayerNote> before, String file, String sha256) {
    Names names =
        name.or(() -> before.map(LayerNote::name)).orElseGet(() -> new Names(layer, layer));
    return new LayerNote(
        layer,
        names,
        before.flatMap(LayerNote::role),
        file,
        sha256,
        crs.map(CoordinateSystem::spelling).orElse(""),
        code,
        nameField,
        parentField,
        priorityField);
  }

  /** As the API tells it back. */
  public String json() {
    ObjectNode node =
        Json.object()
            .put("layer", layer)
            .put("code", code)
            .put("name", nameField)
            .put("parent", parentField)
            .put("priority", priorityField)
            .put("crs", crs.map(CoordinateSystem::spelling).orElse(""))
            .put("note", note);
    validFrom.ifPresentOrElse(
        day -> node.put("validFrom", day.toString()), () -> node.putNull("validFrom"));
    name.ifPresent(n -> node.set("layerName", Json.names(n)));
    return Json.text(node);
  }
}
