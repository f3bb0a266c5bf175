/**
 * Sends a city's real tickets through the front door and compares the answers with the city's own.
 *
 * <p>In: a folder of tickets and the pack's {@code replay.yaml}. Out: reports over HTTP, a ledger
 * of what was acknowledged, a comparison. Called by the launcher. Invariant: a row's key never
 * changes, and no row is left out without being counted.
 */
@NullMarked
package org.gridline.console.replay;

import org.jspecify.annotations.NullMarked;
