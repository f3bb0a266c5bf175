/**
 * Who is responsible, and why.
 *
 * <p>In: category, place, day. Out: an {@code Assignment} with its ground, or candidates. Called by
 * intake and dispatch. Invariant: an owner is certain only if exactly one duty rule wins.
 */
@NullMarked
package org.gridline.dispatch.route;

import org.jspecify.annotations.NullMarked;
