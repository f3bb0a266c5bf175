/**
 * Square codes that a phone's camera reads, and sheets of them to print.
 *
 * <p>In: addresses and labels. Out: SVG, PNG and a page of A4 sheets. Called by the routes of the
 * register. Invariant: every text is escaped; nothing is loaded from anywhere.
 */
@NullMarked
package org.gridline.console.qr;

import org.jspecify.annotations.NullMarked;
