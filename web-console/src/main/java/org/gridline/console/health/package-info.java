/**
 * In: checks that look at one part each. Out: what is wrong, since when, by how much, and what to
 * do about it. Who may call: the health routes, the sampler, Server. Invariant: only what makes
 * requests fail makes the node unready; everything else is a detail.
 */
@NullMarked
package org.gridline.console.health;

import org.jspecify.annotations.NullMarked;
