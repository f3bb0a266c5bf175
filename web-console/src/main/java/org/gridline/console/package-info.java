/**
 * Starts and stops Gridline, and wires its rooms together.
 *
 * <p>In: command line, environment, city pack. Out: a running server. Called by the launcher.
 * Invariant: only this package knows which adapters stand behind the core's ports.
 */
@NullMarked
package org.gridline.console;

import org.jspecify.annotations.NullMarked;
