/**
 * A telephone exchange made of one command, for trying and for tests.
 *
 * <p>In: a command line. Out: signed callbacks to a running server, and what it said. Called by the
 * launcher. Invariant: it can do nothing that an exchange with the same key could not.
 */
@NullMarked
package org.gridline.hotline.ring;

import org.jspecify.annotations.NullMarked;
