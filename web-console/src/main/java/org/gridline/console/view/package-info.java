/**
 * What the console shows: tickets, events, places and the city as JSON.
 *
 * <p>In: records of the core and who asks. Out: JSON trees. Called by the routes and the live feed.
 * Invariant: nothing is written that {@code Sight} does not allow.
 */
@NullMarked
package org.gridline.console.view;

import org.jspecify.annotations.NullMarked;
