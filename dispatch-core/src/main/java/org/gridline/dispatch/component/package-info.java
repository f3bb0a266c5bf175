/**
 * 部件: the things that a city keeps count of (covers, lamps, bins …), each with a code and three
 * owners.
 *
 * <p>In: files, surveys, and what a report says about a component. Out: the register, its history,
 * and the owner that a component leads to. Called by intake and the console. Invariant: no change
 * without a row of history.
 */
@NullMarked
package org.gridline.dispatch.component;

import org.jspecify.annotations.NullMarked;
