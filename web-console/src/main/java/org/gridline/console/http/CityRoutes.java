package org.gridline.console.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.gridline.console.Office;
import org.gridline.console.view.CityWriter;
import org.gridline.console.view.Json;
import org.gridline.dispatch.city.CityPack;
import org.gridline.dispatch.classify.CategoryTree;

/**
 * What the city pack says. It does not change while the server runs, so it is written once; only
 * the layers come from the ground that holds.
 */
final class CityRoutes {
  private final Office office;
  private final Gzip vocabulary;
  private final Gzip categories;
  private final Gzip units;

  CityRoutes(Office office) {
    CityPack pack = office.pack();
    CategoryTree tree = pack.policy().categories();
    ObjectNode allCategories = Json.object();
    allCategories.set(
        "categories", Json.list(tree.list(), c -> CityWriter.category(c, tree.leaf(c.key()))));
    ObjectNode allUnits = Json.object();
    allUnits.set("units", Json.list(pack.policy().units().list(), CityWriter::unit));
    this.office = office;
    this.vocabulary = fixed(CityWriter.vocabulary(pack));
    this.categories = fixed(allCategories);
    this.units = fixed(allUnits);
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/api/v1/city", call -> city()).open(),
        Endpoint.get("/api/v1/vocabulary", call -> vocabulary.answer(call.request(), ASK)),
        Endpoint.get("/api/v1/categories", call -> categories.answer(call.request(), ASK)),
        Endpoint.get("/api/v1/units", call -> units.answer(call.request(), ASK)));
  }

  /** Its layers change with the ground. */
  private Answer city() {
    return Answer.json(CityWriter.city(office.pack(), office.ground().get().layers()));
  }

  private static final String ASK = "private, no-cache";

  private static Gzip fixed(ObjectNode node) {
    return Gzip.of(Answer.JSON, Json.bytes(node), true);
  }
}
