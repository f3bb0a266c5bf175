/**
 * Importing boundaries: the work on an upload until somebody decides, and the command that asks for
 * it over HTTP. In: files and what is wanted of them. Out: staged versions with findings and what
 * they would change. Who may call: the console's routes, wiring and the launcher. Invariant: the
 * ground that holds is not touched before somebody decides.
 */
@NullMarked
package org.gridline.console.boundaries;

import org.jspecify.annotations.NullMarked;
