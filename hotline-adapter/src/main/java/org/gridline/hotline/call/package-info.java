/**
 * Calls as a telephone exchange tells of them.
 *
 * <p>In: signed messages of any exchange, in a form of ours. Out: steps for the call log. Called by
 * the console's route and by the ring command. Invariant: nothing takes effect without a signature
 * that holds now, and nothing takes effect twice.
 */
@NullMarked
package org.gridline.hotline.call;

import org.jspecify.annotations.NullMarked;
