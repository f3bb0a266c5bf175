/**
 * How well the city works, counted from the log and from nothing else.
 *
 * <p>In: the steps of tickets up to a moment. Out: figures with numerator, denominator and
 * exclusions, each with its tickets. Called by the console and reports. Invariant: pure; the same
 * log and period give the same figures at any later time.
 */
@NullMarked
package org.gridline.dispatch.indicator;

import org.jspecify.annotations.NullMarked;
