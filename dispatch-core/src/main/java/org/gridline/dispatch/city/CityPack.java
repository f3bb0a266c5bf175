package org.gridline.dispatch.city;

import java.util.List;
import java.util.Map;
import org.gridline.dispatch.Names;
import org.gridline.dispatch.ground.GroundSnapshot;
import org.gridline.dispatch.ground.LayerNote;
import org.gridline.dispatch.people.Role;
import org.gridline.dispatch.place.Gazetteer;
import org.gridline.dispatch.route.DutyTable;
import org.gridline.dispatch.route.Router;
import org.gridline.dispatch.ticket.Policy;
import org.gridline.gis.boundary.Area;
import org.gridline.gis.boundary.Boundaries;

/**
 * A checked city pack.
 *
 * @param certainScore the least category score at which the router may be certain
 * @param dispatching whether certain owners are dispatched by rule
 * @param vocabulary names of report types, urgencies and channels by list name
 * @param people sample people, empty for a real city
 * @param boundaryVersion SHA-256 of the boundary files, shortened: the same files are the same
 *     version
 */
public record CityPack(
    City city,
    Policy policy,
    DutyTable duties,
    double certainScore,
    Router.Dispatching dispatching,
    List<Role> roles,
    Map<String, List<Policy.Choice>> vocabulary,
    Gazetteer gazetteer,
    Boundaries boundaries,
    String boundaryVersion,
    List<SamplePerson> people) {
  public CityPack {
    roles = List.copyOf(roles);
    vocabulary = Map.copyOf(vocabulary);
    people = List.copyOf(people);
  }

  /** The layers with where they come from; reads the files once more for their hashes. */
  public List<LayerNote> layerNotes() {
    return city.layers().stream().map(BoundaryFiles::hashedNote).toList();
  }

  /** The layers without the hashes of their files. */
  public List<LayerNote> layerNames() {
    return city.layers().stream().map(layer -> BoundaryFiles.note(layer, "")).toList();
  }

  /** An area of a file as the city codes it, where the pack has that layer. */
  public Area coded(Area area) {
    return city.layers().stream()
        .filter(layer -> layer.id().equals(area.layer()))
        .findFirst()
        .map(layer -> BoundaryFiles.recoded(area, layer))
        .orElse(area);
  }

  /** What the city says about its ground beside the boundaries. */
  public GroundSnapshot.Settings groundSettings() {
    return new GroundSnapshot.Settings(city.suspectPoints(), city.coordinateSystems(), gazetteer);
  }

  /** Somebody who can sign in to a sample city, with the password that everybody may know. */
  public record SamplePerson(
      String login,
      Names name,
      List<String> roles,
      String unit,
      List<String> areas,
      String password) {}
}
