package org.gridline.dispatch.ground;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.gridline.dispatch.ground.BoundaryImport.State;

/** Keeps imports, so that every node can tell how far each has come. Callers may wait. */
public interface BoundaryImports {
  /** Writes a new one down, and into the log. */
  void begin(BoundaryImport fresh);

  Optional<BoundaryImport> find(long id);

  /** The newest first. */
  List<BoundaryImport> list(int most);

  /** The work goes on; also says that the node is alive. Nothing when it was ended meanwhile. */
  void tell(long id, State state, int percent, Instant now);

  /** The file's hash and what was found in it. */
  void found(long id, String sha256, String findings);

  /** Names the version that is being staged for it. */
  void staging(long id, String version);

  /**
   * Ends the work, or what was ready, and writes it into the log.
   *
   * @param problem empty where there is none
   * @return false when it had ended before
   */
  boolean end(long id, State state, String problem, Optional<Long> user, Instant now);

  /** The comparison is there; somebody has to decide now. */
  void ready(long id, String changes, Instant now);

  /**
   * Marks those that wait for a decision although their base is not the end of the chain any more,
   * with a word about what to do.
   */
  void markStale(Instant now);

  /** Versions of imports that ended without being activated; nobody needs them. */
  List<String> listLeftVersions();

  /** Running imports whose node has not said anything since. */
  List<BoundaryImport> listSilent(Instant since);
}
