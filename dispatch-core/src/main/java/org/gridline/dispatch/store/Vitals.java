package org.gridline.dispatch.store;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How the house is at one moment.
 *
 * @param horizonAgeSeconds how long the oldest writing transaction of the cluster has been running:
 *     what holds positions back
 * @param sealerSilenceSeconds how long ago this node's sealer last finished a round
 * @param unsealedAgeSeconds how long the oldest event without a position has been seen waiting, 0
 *     when none waits
 * @param position the last position that was given
 * @param anchorAgeSeconds how long ago the end of the log last stood in the anchor file
 * @param anchoredPosition the last position that this run of the node has anchored
 * @param retentionAgeSeconds how long ago old answers were last looked for
 * @param migration the newest migration of the schema, {@code expectedMigration} the one that this
 *     program knows
 * @param archiving by the database's own account
 * @param clockOffset how far the database's clock is ahead of this machine's
 */
public record Vitals(
    Instant at,
    double horizonAgeSeconds,
    double sealerSilenceSeconds,
    double unsealedAgeSeconds,
    long position,
    long blocks,
    double anchorAgeSeconds,
    long anchoredPosition,
    double retentionAgeSeconds,
    long forgottenAnswers,
    long databaseBytes,
    String migration,
    String expectedMigration,
    Duration clockOffset,
    Optional<Instant> clockJumped,
    Archiving archiving) {

  /** How the database gets on with putting its log aside for backups. */
  public enum Archiving {
    /** It does not. */
    OFF,
    WORKS,
    /** The last try failed; the log piles up on the disk until one succeeds. */
    FAILS
  }
}
