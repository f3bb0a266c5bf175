package org.gridline.dispatch.ground;

import java.util.Optional;
import org.gridline.dispatch.Names;
import org.gridline.gis.boundary.Layer;

/**
 * A layer of a version, and where it came from.
 *
 * @param role district, street, community or grid; absent for a service layer
 * @param file name of the file that it was read from, for people; empty when not known
 * @param sha256 of that file, in hexadecimal; empty when not known
 * @param crs the system that was said, empty when the file itself says it
 * @param nameField empty where codes serve as names
 * @param parentField empty where the file names no parents
 * @param priorityField empty where the file says nothing of priorities
 */
public record LayerNote(
    String id,
    Names name,
    Optional<String> role,
    String file,
    String sha256,
    String crs,
    String codeField,
    String nameField,
    String parentField,
    String priorityField) {

  /** A layer of which only the id is known: of a version from before layers were noted. */
  public static LayerNote bare(String id) {
    return new LayerNote(id, new Names(id, id), Optional.empty(), "", "", "", "", "", "", "");
  }

  /** The same in the ground's words. */
  public Layer layer() {
    return new Layer(id, name.zh());
  }
}
