/**
 * People's data: what somebody looks at them for, who opened a case, and forgetting people while
 * the proof stays.
 *
 * <p>In: requests of data officers and operators. Out: records of looks and erasures, and steps of
 * tickets that say that a person was forgotten. Called by the routes of privacy and by retention.
 * Invariant: nobody is forgotten by one alone, and the chain of events stays whole.
 */
@NullMarked
package org.gridline.dispatch.privacy;

import org.jspecify.annotations.NullMarked;
