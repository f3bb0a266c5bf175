package org.gridline.console;

import java.util.List;
import java.util.stream.Stream;
import org.gridline.console.http.Endpoint;
import org.gridline.console.map.LayerSheet;
import org.gridline.console.map.TicketPictures;
import org.gridline.console.map.Tiles;
import org.gridline.console.ogc.OgcRoutes;
import org.gridline.dispatch.store.MapStore;

/** What maps are drawn from: tiles, pictures, and features for programs of map makers. */
record MapRoutes(List<Endpoint> endpoints) {
  MapRoutes {
    endpoints = List.copyOf(endpoints);
  }

  static MapRoutes of(Office office, MapStore store) {
    LayerSheet.Book book = new LayerSheet.Book(office.ground()::get);
    return new MapRoutes(
        Stream.of(
                new Tiles(book, store.tiles(), office.pack().city()).endpoints(),
                new TicketPictures(office, book).endpoints(),
                new OgcRoutes(office, book, store.tickets()).endpoints())
            .flatMap(List::stream)
            .toList());
  }
}
